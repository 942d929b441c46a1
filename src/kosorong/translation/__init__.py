"""Korean ⇄ Jeju, the serving side: units, rules, checks, and the translator of a bundle."""
