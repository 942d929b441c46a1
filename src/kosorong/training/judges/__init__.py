"""Who judges what is understood of a voice: strangers, and the project's own recogniser."""

from kosorong.training.judges.judge import HeardText, Judge
from kosorong.training.judges.opening import open_judge

__all__ = ["HeardText", "Judge", "open_judge"]
