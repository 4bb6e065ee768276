"""Data that ships with the product: packs, fonts, icons, sounds, themes."""
