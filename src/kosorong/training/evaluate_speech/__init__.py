"""Judging speech: a voice against held-out recordings of the same sentences."""

from kosorong.training.evaluate_speech.evaluate import evaluate_run, evaluate_speech
from kosorong.training.evaluate_speech.report import Report

__all__ = ["Report", "evaluate_run", "evaluate_speech"]
