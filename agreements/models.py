"""What was agreed about an initiative; each noun has a package of its own, with its verbs and its doors."""
