"""Say what a report holds, as data, and write it as PDF, Word, PowerPoint or Excel."""
