"""The tables in which the finished work of a book is kept."""

from __future__ import annotations

DATABASE = "work-1.sqlite3"
"""The number goes up when the tables change; an older database is then left aside."""
TABLES = """
CREATE TABLE IF NOT EXISTS plan(
  position INTEGER PRIMARY KEY, chapter INTEGER NOT NULL, paragraph INTEGER NOT NULL,
  kind TEXT NOT NULL, ends_paragraph INTEGER NOT NULL, text TEXT NOT NULL,
  translation TEXT NOT NULL, speech TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS plan_by_chapter ON plan(chapter, position);
CREATE TABLE IF NOT EXISTS translation(
  key TEXT PRIMARY KEY, text TEXT NOT NULL, links TEXT NOT NULL, confidence REAL NOT NULL,
  provenance TEXT NOT NULL, warnings TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS doubt(
  key TEXT PRIMARY KEY, doubts TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS speech(
  key TEXT PRIMARY KEY, samples INTEGER NOT NULL, bytes INTEGER NOT NULL, words TEXT NOT NULL,
  warnings TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS loudness(key TEXT PRIMARY KEY, lufs REAL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS export(
  format TEXT PRIMARY KEY, key TEXT NOT NULL, paths TEXT NOT NULL) WITHOUT ROWID;
"""
"""Each is made where it is missing, so that a table more needs no new number."""
