"""The office's forms: what is typed becomes clean data; choices are those of the viewer's schools."""
