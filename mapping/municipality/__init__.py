"""What is fed back to one municipality: its sheet, who leads the work, what the dialogues said."""
