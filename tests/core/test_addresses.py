"""The keys of instances in addresses and in references."""

import pytest

from plainwork_core.addresses import without_keys


@pytest.mark.parametrize(
    "address",
    [
        "module.net.aws_subnet.private",
        "module.net[0].aws_subnet.private[1]",
        'module.net["a"].aws_subnet.private["b.c"]',
        'module.net["a]b"].aws_subnet.private["[0]"]',
        r'module.net["a\"]"].aws_subnet.private',
        "module.net[each.key].aws_subnet.private[*]",
        'module.net[var.zones["a]"]].aws_subnet.private[local.zones[0]]',
    ],
)
def test_an_address_without_keys_names_the_block(address):
    assert without_keys(address) == "module.net.aws_subnet.private"
