"""The national Action Plan 2016–2020 as far as its slides go; what they leave out is synthetic."""
