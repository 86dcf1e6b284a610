import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { kebab } from "../lib/facts.mjs";
import { root } from "../lib/run.mjs";

/** The source file of a resource class. */
export const fileOf = (name) => `src/resources/${kebab(name)}.ts`;

/** What several resource classes inherit. */
export const inheritedFile = "src/resources/secret-key.ts";

/** The class of a kind and the interfaces of its arguments, each with what it inherits. */
export function readResource(kind) {
  const inherited = readDeclarations([inheritedFile]);
  const { classes, interfaces } = readDeclarations([fileOf(kind)]);
  const whole = (own, bases, lists) => {
    const base = bases[own.base];
    if (base === undefined) return own;
    return { ...own, ...Object.fromEntries(lists.map((list) => [list, [...own[list], ...base[list]]])) };
  };
  return {
    classes: mapValues(classes, (one) => whole(one, inherited.classes, ["outputs"])),
    interfaces: mapValues(interfaces, (one) => whole(one, inherited.interfaces, ["members"])),
  };
}

const mapValues = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));

/**
 * The interfaces, classes and functions of some source files, with their doc comments. Only parses, without type
 * checking, which keeps it fast.
 */
export function readDeclarations(files) {
  const statements = files.flatMap((name) => {
    const text = readFileSync(join(root, name), "utf8");
    return [...ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true).statements];
  });
  const named = (list, read) => Object.fromEntries(list.map((node) => [node.name.text, read(node)]));
  return {
    interfaces: named(statements.filter(ts.isInterfaceDeclaration), readInterface),
    classes: named(statements.filter(ts.isClassDeclaration), readClass),
    functions: named(statements.filter(ts.isFunctionDeclaration), (node) => ({ doc: docOf(node) })),
  };
}

const channelFiles = ["base", "chat", "custom", "email", "meta", "sdk", "sms"];

/** The interfaces of all channels' arguments. */
export function readChannels() {
  return readDeclarations(channelFiles.map((name) => `src/resources/channels/${name}.ts`)).interfaces;
}

function readInterface(node) {
  return {
    doc: docOf(node),
    base: baseOf(node),
    members: node.members.filter(ts.isPropertySignature).map((member) => ({
      name: member.name.getText(),
      type: typeOf(member),
      optional: member.questionToken !== undefined,
      doc: docOf(member),
    })),
  };
}

function readClass(node) {
  const isOutput = (member) => ts.isPropertyDeclaration(member) || ts.isGetAccessor(member);
  const isFunction = (member) => ts.isMethodDeclaration(member) && isStatic(member);
  return {
    doc: docOf(node),
    base: baseOf(node),
    outputs: node.members.filter(isOutput).map((member) => ({
      name: member.name.getText(),
      type: typeOf(member),
      doc: docOf(member),
    })),
    functions: node.members.filter(isFunction).map((member) => ({
      name: member.name.getText(),
      signature: signatureOf(node.name.text, member),
      doc: docOf(member),
    })),
  };
}

function baseOf({ heritageClauses = [] }) {
  return heritageClauses[0]?.types[0]?.expression.getText();
}

function isStatic(member) {
  return member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false;
}

function signatureOf(owner, { name, parameters }) {
  const names = parameters.map(
    (parameter) =>
      `${parameter.name.getText()}${parameter.initializer || parameter.questionToken ? "?" : ""}`,
  );
  return `${owner}.${name.getText()}(${names.join(", ")})`;
}

/** The type as users write it: without `Input` wrappers and `undefined`. */
function typeOf({ type, questionToken }) {
  let text = (type?.getText() ?? "").replace(/\s+/g, " ");
  if (questionToken !== undefined) text = text.replace(/^\| | \| undefined$/g, "");
  for (let last; last !== text; ) {
    last = text;
    text = text.replace(/pulumi\.(?:Input|Output|Unwrap)<((?:[^<>]|<[^<>]*>)*)>/, "$1");
  }
  return text;
}

/** The name of the interface that a type consists of or contains, as in a list or a map; undefined if there is none. */
export function interfaceIn(type, interfaces) {
  return type.match(/\b[A-Z]\w*/g)?.find((name) => Object.hasOwn(interfaces, name));
}

/** The interfaces inside these members at any depth, each once, with the path of names that first leads to it. */
export function interfacesInside(members, interfaces, path = [], found = new Map()) {
  for (const { name, type } of members) {
    const inner = interfaceIn(type, interfaces);
    if (inner === undefined || found.has(inner)) continue;
    found.set(inner, [...path, name]);
    interfacesInside(interfaces[inner].members, interfaces, found.get(inner), found);
  }
  return found;
}

/** A doc comment's text before its tags, and the tags' texts by name, as lists because a tag can appear twice. */
function docOf(node) {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tags = ts.getJSDocTags(node).map((tag) => [tag.tagName.text, textOf(tag)]);
  return {
    text: comments.map(textOf).join("\n\n"),
    tags: Object.fromEntries(
      tags.map(([name]) => [name, tags.filter(([other]) => other === name).map(([, text]) => text)]),
    ),
  };
}

const textOf = ({ comment }) => ts.getTextOfJSDocComment(comment) ?? "";
