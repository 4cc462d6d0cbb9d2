"""The doctor: finds why Terraform cannot use a state backend, from facts on disk and from an error text.

`facts` describes what is known about one root module and its backend, `reading` collects it without credentials and
without a network, `causes` decides which causes the facts prove, `errors` maps texts that Terraform prints to causes,
`online` asks AWS, and `report` writes an `Examination`.
"""
