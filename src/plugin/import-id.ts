import { type KindName, onlyId, parentInputs } from "../kinds";
import type { Properties } from "../provider/kind";
import { definitions } from "../provider/kinds";
import { asApiVersion } from "../smooch/api-version";
import { idForm, isId } from "../smooch/ids";

/**
 * Parses the id that a user imports an object by: the ids of what it belongs to, the outermost first, and its own id,
 * separated by slashes. Where there is one object at most, its own id can be left out. An object that is bound to an API
 * version can have the version in front.
 */
export function parseImportId(name: KindName, importId: string): { id: string; address: Properties } {
  const parents = parentInputs(name);
  const { label, boundVersion, isSingleton } = definitions[name];
  const given = importId.split("/");
  const parts = isSingleton && given.length === parents.length ? [...given, onlyId] : given;
  const version =
    boundVersion !== undefined && parts.length === parents.length + 2 ? asApiVersion(parts[0]) : undefined;
  const ids = version === undefined ? parts : parts.slice(1);
  const id = ids.at(-1);
  if (id === undefined || ids.length !== parents.length + 1 || !ids.every(isId)) {
    const form = [...parents, `${name}Id`].map((part) => `<${part}>`).join("/");
    const others = [
      ...(boundVersion === undefined ? [] : [`, or <apiVersion>/${form}`]),
      ...(isSingleton ? [`, or <${parents.join(">/<")}>`] : []),
    ].join("");
    throw new Error(
      `The import id of this ${label} has the form ${form}${others}; ids have ${idForm} only. Correct the id and import it again.`,
    );
  }
  const address = Object.fromEntries(parents.map((parent, index) => [parent, ids[index]]));
  return { id, address: { ...address, ...(version !== undefined && { version }) } };
}
