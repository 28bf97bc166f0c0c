"""Every published version, in SQLite or PostgreSQL: who may publish, whole or not at all."""
