"""Numbers of every kind as words: counters, dates, ranges, units."""
