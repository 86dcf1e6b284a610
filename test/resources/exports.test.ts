import { expect, it } from "vitest";
import * as exported from "../../src/index";
import { type KindName, kindNames, kinds } from "../../src/kinds";
import { SmoochResource } from "../../src/resources/resource";

type ClassName = { [Name in KindName]: `Smooch${(typeof kinds)[Name]["type"]}` }[KindName];

/** A kind whose class the package does not export is a type error here. */
const classes: Record<ClassName, { prototype: SmoochResource }> = exported;

it.each(kindNames)("exports the class of the kind %s", (kind) => {
  expect(classes[`Smooch${kinds[kind].type}`].prototype).toBeInstanceOf(SmoochResource);
});
