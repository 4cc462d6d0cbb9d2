"""The document of a plan: its configuration, with the values where the expressions are not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plainwork_core.adopt.configuration import Configuration
from plainwork_core.adopt.plan_blocks import Blocks
from plainwork_core.adopt.plan_values import UNKNOWN, Values, leaves, literal
from plainwork_core.aws.computed_arguments import computed_arguments
from plainwork_core.errors import InputError
from plainwork_core.hcl.write.spacing import one_line
from plainwork_core.hcl.write.values import template
from plainwork_core.schema import Mode
from plainwork_core.schema.versions import choice_of

_MODES: dict[str, Mode] = {"managed": "resource", "data": "data"}
_NOT_IN_A_PLAN = "a plan has no backend, `lifecycle`, local values and types of variables; add what your HCL has"
_OF_OUTPUTS = ("description", "sensitive", "depends_on")
_REGISTRY, _BUILT_IN = "registry.terraform.io/", "terraform.io/builtin/"


def read_plan(plan: Mapping[str, Any], file: str) -> Configuration:
    """Read the root module of a plan.

    Raises:
        InputError: the plan does not have the expressions of a block, with all reasons.
    """
    found = _Plan(plan)
    document = found.document()
    if problems := found.blocks.problems:
        raise InputError("\n  ".join([f"{file}: cannot be written as Python; pass the HCL:", *problems]))
    notes = (_NOT_IN_A_PLAN, *found.blocks.notes)
    return Configuration(document, notes=tuple(f"{file}: {note}" for note in notes))


class _Plan:
    def __init__(self, plan: Mapping[str, Any]) -> None:
        configuration = _member(plan, "configuration")
        self._root = _member(configuration, "root_module")
        self._outputs = _member(plan, "planned_values", "outputs")
        providers = _member(configuration, "provider_config").items()
        self._providers = {key: provider for key, provider in providers if "module_address" not in provider}
        self._required = {"terraform": {"required_providers": dict(self._requirements())}}
        choice = choice_of(self._required)
        self._schema = choice.schema()
        self._values = _values(plan)
        self.blocks = Blocks(self._values, choice.major)

    def document(self) -> dict[str, Any]:
        """Return the configuration in Terraform's JSON syntax."""
        document: dict[str, Any] = dict(self._required)
        for key, provider in self._providers.items():
            document.setdefault("provider", {}).setdefault(provider["name"], []).append(self._provider(key, provider))
        if variables := _member(self._root, "variables"):
            document["variable"] = {name: dict(variable) for name, variable in variables.items()}
        for resource in self._root.get("resources") or ():
            if mode := _MODES.get(resource["mode"]):
                of_type = document.setdefault(mode, {}).setdefault(resource["type"], {})
                of_type[resource["name"]] = self._resource(resource, mode)
            else:
                self.blocks.problems.append(
                    f"{resource['address']}: its values are in no plan, because it is ephemeral"
                )
        for name in _member(self._root, "module_calls"):
            self.blocks.problems.append(f"module.{name}: the inputs of a module are in no plan")
        if outputs := _member(self._root, "outputs"):
            document["output"] = {name: self._output(name, output) for name, output in outputs.items()}
        return document

    def _requirements(self) -> Iterator[tuple[str, dict[str, str]]]:
        for provider in self._providers.values():
            source = str(provider.get("full_name", "")).removeprefix(_REGISTRY)
            version = provider.get("version_constraint")
            if source and not source.startswith(_BUILT_IN):
                yield provider["name"], {"source": source, **({"version": version} if version else {})}

    def _provider(self, key: str, provider: Mapping[str, Any]) -> dict[str, Any]:
        alias = {"alias": provider["alias"]} if "alias" in provider else {}
        given = _member(provider, "expressions")
        schema = self._schema.block("provider", provider["name"])
        return alias | self.blocks.body(given, UNKNOWN, {}, f"provider.{key}", schema)

    def _output(self, name: str, output: Mapping[str, Any]) -> dict[str, Any]:
        planned = _member(self._outputs, name).get("value", UNKNOWN)
        is_sensitive = output.get("sensitive") is True
        given = _member(output, "expression")
        value = self.blocks.argument(given, planned, {}, f"output.{name}", is_sensitive=is_sensitive)
        return {
            "value": value,
            **{key: output[key] for key in ("description", "sensitive", "depends_on") if key in output},
        }

    def _resource(self, resource: Mapping[str, Any], mode: Mode) -> dict[str, Any]:
        address, given = resource["address"], _member(resource, "expressions")
        instances = self._values.resources.get(address, {})
        body = self._repetition(resource, instances)
        if "." in resource.get("provider_config_key", ""):
            body["provider"] = resource["provider_config_key"]
        own = _own_values(resource, next(iter(instances), None)) if body.keys() & {"count", "for_each"} else {}
        planned = next(iter(instances.values()), UNKNOWN)
        schema = self._schema.block(mode, resource["type"])
        body |= self.blocks.body(given, planned, own, address, schema)
        computed = computed_arguments(resource["type"]).blocks if mode == "resource" else ()
        body = {name: value for name, value in body.items() if name in given or name not in computed}
        self.blocks.problems += _differing(given, instances, address)
        return {**body, **({"depends_on": resource["depends_on"]} if resource.get("depends_on") else {})}

    def _repetition(self, resource: Mapping[str, Any], instances: Mapping[Any, Any]) -> dict[str, Any]:
        """Return `count` or `for_each`; where the plan has no constant, it is that of the planned instances."""
        if "count_expression" in resource or any(isinstance(key, int) for key in instances):
            given = _member(resource, "count_expression")
            return {"count": self.blocks.argument(given, len(instances), {}, resource["address"])}
        if "for_each_expression" not in resource and not any(isinstance(key, str) for key in instances):
            return {}
        constant = _member(resource, "for_each_expression").get("constant_value")
        if isinstance(constant, Mapping):
            return {"for_each": literal(constant)}
        keys = sorted(map(str, instances if constant is None else constant))
        return {"for_each": f"${{toset({one_line(template(literal(keys)))})}}"}


def _own_values(resource: Mapping[str, Any], key: Any) -> dict[str, Any]:
    """Return the values of `each` and `count` in the instance of a key."""
    members = _member(resource, "for_each_expression").get("constant_value")
    value = members.get(key, UNKNOWN) if isinstance(members, Mapping) else key
    return {"each.key": key, "each.value": value, "count.index": key}


def _differing(given: Mapping[str, Any], instances: Mapping[Any, Mapping[str, Any]], address: str) -> Iterator[str]:
    """Yield a problem for each argument that differs between instances, unless it is the key of the instance."""
    for name, expressions in given.items():
        values = [planned.get(name, UNKNOWN) for planned in instances.values()]
        references = expressions.get("references", ()) if isinstance(expressions, Mapping) else ()
        is_key = leaves(references) in (["each.key"], ["count.index"]) and values == list(instances)
        if not is_key and any(value != values[0] for value in values):
            yield f"{address}.{name}: it differs between the instances, and its expression is not in the plan"


def _values(plan: Mapping[str, Any]) -> Values:
    unknown = {
        change["address"]: _member(change, "change").get("after_unknown") for change in plan.get("resource_changes", ())
    }
    resources: dict[str, dict[Any, Mapping[str, Any]]] = {}
    for names in (("prior_state", "values"), ("planned_values",)):
        for resource in _member(plan, *names, "root_module").get("resources", ()):
            prefix = "data." if resource["mode"] == "data" else ""
            marks = unknown.get(resource["address"])
            values = _known(resource.get("values") or {}, marks if isinstance(marks, Mapping) else {})
            resources.setdefault(f"{prefix}{resource['type']}.{resource['name']}", {})[resource.get("index")] = values
    return Values(resources, {name: entry.get("value", UNKNOWN) for name, entry in _member(plan, "variables").items()})


def _known(values: Mapping[str, Any], marks: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values without those that are known after apply."""
    return {name: value for name, value in values.items() if not _has_mark(marks.get(name))}


def _has_mark(mark: Any) -> bool:
    match mark:
        case Mapping():
            return any(map(_has_mark, mark.values()))
        case list():
            return any(map(_has_mark, mark))
    return mark is True


def _member(value: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    """Return the object at a path; an empty one where there is none."""
    for name in names:
        value = value.get(name) or {}
    return value
