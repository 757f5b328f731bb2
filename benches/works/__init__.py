"""One file for each kind of work: what is measured, beside which peer or limit, with which aim."""
