"""Judging speech: a voice against held-out recordings of the same sentences."""

from kosorong.training.evaluate_speech.evaluate import Scope, evaluate_run, evaluate_speech
from kosorong.training.evaluate_speech.report import Report
from kosorong.training.evaluate_speech.speakers import BundleTalker, RunTalker, VoiceTalker

__all__ = [
    "BundleTalker",
    "Report",
    "RunTalker",
    "Scope",
    "VoiceTalker",
    "evaluate_run",
    "evaluate_speech",
]
