"""The review of a plan: one page with which a reviewer decides, as text, Markdown and HTML from one model."""
