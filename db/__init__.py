"""What is true in the room without a screen: tables, rules, figures, migrations and backups."""
