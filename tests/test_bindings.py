"""The schema that `tools/bindings` reads from the bindings of a provider, and the shipped one that it wrote."""

from __future__ import annotations

import base64
import json
import tarfile
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from plainwork_core.schema import Attribute, BlockSchema, NestedBlock, Schema
from plainwork_core.schema.store import ORIGIN, SHIPPED, Archive
from tools.bindings.carried_over import carried_over
from tools.bindings.schema import read, version
from tools.packages import Package, wheel

SITE = """
export interface SiteConfig extends cdktn.TerraformMetaArguments {
}
export function siteRuleToHclTerraform(struct?: SiteRule): any {
  const attrs = {
    port: {
      value: cdktn.numberToHclTerraform(struct!.port),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
  };
}
export class SiteRuleOutputReference extends cdktn.ComplexObject {
  // port - computed: false, optional: false, required: true
  public get port() {
    return this.getNumberAttribute('port');
  }
}
export class Site extends cdktn.TerraformResource {
  public static readonly tfResourceType = "acme_site";

  // addresses - computed: true, optional: false, required: false
  public get addresses() {
    return cdktn.Fn.tolist(this.getListAttribute('addresses'));
  }

  // default_rule - computed: false, optional: true, required: false
  private _defaultRule = new SiteRuleOutputReference(this, "default_rule");

  // id - computed: true, optional: true, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // inline - computed: true, optional: true, required: false
  private _inline = new SiteRuleList(this, "inline", true);

  // names - computed: false, optional: false, required: true
  public get names() {
    return cdktn.Fn.tolist(this.getListAttribute('names'));
  }

  // rule - computed: false, optional: false, required: true
  private _rule = new SiteRuleList(this, "rule", false);

  // secret_wo - computed: false, optional: true, required: false
  public get secretWo() {
    return this.getStringAttribute('secret_wo');
  }

  // state - computed: true, optional: false, required: false
  private _state = new SiteRuleList(this, "state", false);

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      default_rule: {
        value: siteRuleToHclTerraform(this._defaultRule.internalValue),
        isBlock: true,
        type: "list",
        storageClassType: "SiteRuleList",
      },
      id: {
        value: cdktn.stringToHclTerraform(this._id),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      inline: {
        value: cdktn.listMapperHcl(siteRuleToHclTerraform, false)(this._inline.internalValue),
        isBlock: true,
        type: "set",
        storageClassType: "SiteRuleList",
      },
      names: {
        value: cdktn.listMapperHcl(cdktn.stringToHclTerraform, false)(this._names),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      rule: {
        value: cdktn.listMapperHcl(siteRuleToHclTerraform, true)(this._rule.internalValue),
        isBlock: true,
        type: "list",
        storageClassType: "SiteRuleList",
      },
      secret_wo: {
        value: this.markWriteOnlyAttribute(cdktn.stringToHclTerraform(this._secretWo)),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };
  }
}
"""
RULE = {"attributes": {"port": {"type": "number", "required": True}}, "block_types": {}}
RULES = ["object", {"port": "number"}]


@pytest.fixture
def bindings(tmp_path: Path) -> Package:
    """A wheel of bindings of one resource type."""
    source_map = base64.b64encode(json.dumps({"sourcesContent": [SITE]}).encode()).decode()
    code = f"//# sourceMappingURL=data:application/json;base64,{source_map}\n".encode()
    library = BytesIO()
    with tarfile.open(fileobj=library, mode="w:gz") as archive:
        member = tarfile.TarInfo("package/lib/site/index.js")
        member.size = len(code)
        archive.addfile(member, BytesIO(code))
    path = tmp_path / "acme_bindings-1.2.0-py3-none-any.whl"
    with ZipFile(path, "w") as file:
        file.writestr("acme_bindings/_jsii/acme@1.2.0.jsii.tgz", library.getvalue())
        file.writestr("acme_bindings-1.2.0.dist-info/METADATA", "# bindings for acme/acme provider version 3.1.4\n")
    return wheel(path)


def test_a_resource_type_is_read_from_the_typescript_in_a_wheel(bindings: Package) -> None:
    ((mode, type_, block),) = read(bindings)
    assert (mode, type_, version(bindings)) == ("resource", "acme_site", "3.1.4")
    assert block["attributes"] == {
        "addresses": {"type": ["set", "string"], "computed": True},
        "id": {"type": "string", "computed": True, "optional": False},
        "inline": {"type": ["set", RULES], "computed": True, "optional": True},
        "names": {"type": ["set", "string"], "required": True},
        "secret_wo": {"type": "string", "optional": True, "write_only": True},
        "state": {"type": ["list", RULES], "computed": True},
    }
    assert block["block_types"] == {
        "default_rule": {"nesting_mode": "list", "min_items": 0, "max_items": 1, "block": RULE},
        "rule": {"nesting_mode": "list", "min_items": 1, "max_items": 0, "block": RULE},
    }


def test_what_bindings_do_not_state_is_carried_over() -> None:
    port = BlockSchema({"port": Attribute("number", required=True, deprecated=True)})
    older = BlockSchema(
        {"token": Attribute("string", optional=True, sensitive=True), "settings": Attribute(RULES, optional=True)},
        {"rule": NestedBlock("list", 2, 5, port), "statement": NestedBlock("list", 0, 1, port)},
    )
    newer = {
        "attributes": {"token": {"type": "string"}, "label": {"type": "string"}, "statement": {"type": "dynamic"}},
        "block_types": {
            "rule": {"nesting_mode": "list", "min_items": 1, "max_items": 0, "block": RULE},
            "settings": {"nesting_mode": "single", "min_items": 0, "max_items": 0, "block": RULE},
        },
    }
    result = carried_over(newer, older)
    assert result["attributes"] == {
        "token": {"type": "string", "sensitive": True},
        "label": {"type": "string"},
        "settings": {"type": RULES, "optional": True},
    }
    rule = result["block_types"]["rule"]
    assert (rule["min_items"], rule["max_items"]) == (2, 5)
    assert rule["block"]["attributes"]["port"] == {"type": "number", "required": True, "deprecated": True}
    assert result["block_types"]["statement"]["block"]["attributes"]["port"]["deprecated"]


@pytest.fixture(scope="module")
def newest() -> Schema:
    """The shipped schema of provider 6."""
    return Schema(SHIPPED["6.69.1"])


def named(schema: Schema, type_: str, path: str) -> Attribute | NestedBlock:
    """Return the attribute or nested block at a dotted path."""
    block = schema.block("resource", type_)
    *outer, name = path.split(".")
    for each in outer:
        assert block
        block = block.blocks[each].block
    assert block
    return block.attributes.get(name) or block.blocks[name]


@pytest.mark.parametrize("number", SHIPPED)
def test_the_name_of_a_shipped_schema_has_the_version_of_the_provider(number: str) -> None:
    assert Archive(SHIPPED[number]).read(ORIGIN)["providers"]["hashicorp/aws"] == number


def test_provider_6_has_all_modes_and_terraforms_own_types(newest: Schema) -> None:
    counts = [len(newest.types(mode)) for mode in ("resource", "data", "ephemeral")]
    assert counts == [1736, 686, 11]
    assert newest.block("resource", "terraform_data")
    provider = newest.block("provider", "aws")
    assert provider
    assert provider.blocks["assume_role"].block.attributes["role_arn"].optional
    assert "alias" not in provider.names


def test_provider_6_has_a_region_on_regional_types(newest: Schema) -> None:
    region = named(newest, "aws_instance", "region")
    assert isinstance(region, Attribute)
    assert region.optional
    iam = newest.block("resource", "aws_iam_role")
    assert iam
    assert "region" not in iam.names


def test_provider_6_has_write_only_arguments(newest: Schema) -> None:
    passwords = named(newest, "aws_elasticache_user", "passwords_wo")
    assert isinstance(passwords, Attribute)
    assert passwords.write_only


@pytest.mark.parametrize(
    ("type_", "path"),
    [
        ("aws_lexv2models_intent", "closing_setting.closing_response.message_group.message.plain_text_message.value"),
        ("aws_lexv2models_slot", "value_elicitation_setting.slot_constraint"),
        ("aws_lexv2models_bot_version", "locale_specification"),
        ("aws_medialive_channel", "encoder_settings.audio_descriptions.name"),
        ("aws_securityhub_insight", "filters.aws_account_id.comparison"),
        ("aws_wafv2_web_acl_rule", "statement.not_statement.statement.and_statement.statement.geo_match_statement"),
        ("aws_wafv2_web_acl", "rule.statement.geo_match_statement.country_codes"),
    ],
)
def test_provider_6_has_the_types_that_bindings_divide_into_several_files(
    type_: str, path: str, newest: Schema
) -> None:
    assert named(newest, type_, path)


def test_provider_6_has_what_5_states_and_bindings_do_not(newest: Schema) -> None:
    rules = named(newest, "aws_security_group", "ingress")
    assert isinstance(rules, Attribute)
    assert rules.type[0] == "set"
    token = named(newest, "aws_elasticache_replication_group", "auth_token")
    assert isinstance(token, Attribute)
    assert token.sensitive
    groups = named(newest, "aws_lb_listener", "default_action.forward.target_group")
    assert isinstance(groups, NestedBlock)
    assert (groups.min_items, groups.max_items) == (1, 5)
