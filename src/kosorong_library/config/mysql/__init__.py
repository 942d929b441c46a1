"""MySQL and MariaDB through PyMySQL: Django's own backend, with comparisons that fit ours."""
