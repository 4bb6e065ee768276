"""Small forms that open inside a panel, and the acts they end in."""
