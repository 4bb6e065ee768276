"""A labelled part of a form."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.widgets.line import Line, Run


class Field(QWidget):
    """What to enter above where to enter it; `say` adds a remark beside the label."""

    def __init__(self, title: str, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.editor = editor
        self.label = Line(Run(title, "body", "text2"), gap=12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(3))
        column.addWidget(self.label)
        column.addWidget(editor)

    def title(self) -> str:
        """What is to be entered."""
        return self._title

    def say(self, words: str, role: str = "body") -> None:
        """Shows a remark beside the label; "" takes it away."""
        self.label.set_runs(Run(self._title, "body", "text2"), Run(words, role))
