import { dirname, join, relative } from 'node:path';
import type { Node, SourceFile } from 'typescript/unstable/ast';
import { isImportDeclaration, isNamedImports } from 'typescript/unstable/ast/is';
import { API } from 'typescript/unstable/sync';

export interface Import {
  /** the file that imports, from the repository's root */
  from: string;
  /** a file of the repository, from its root; otherwise the module as it is written */
  module: string;
  isOwn: boolean;
  /** what is taken of the module and stays when types are gone; `*` for all of it, nothing for an import of types alone */
  names: readonly string[];
}

/** All sources of a TypeScript project below a directory, and what they import by TypeScript's own list, `import()` and types included. */
export function sourceImports(root: string, project: string, below: string): { files: string[]; imports: Import[] } {
  const api = new API({ cwd: root });
  try {
    const snapshot = api.updateSnapshot({ openProjects: [join(root, project)] });
    const [opened] = snapshot.getProjects();
    if (opened === undefined) throw new Error(`${project} cannot be opened`);
    const paths = opened.program.getSourceFileNames().filter((path) => path.startsWith(join(root, below)) && !path.endsWith('.d.ts'));
    const sources = paths.map((path) => opened.program.getSourceFile(path)).filter((source) => source !== undefined);
    return {
      files: sources.map((source) => relative(root, source.fileName)),
      imports: sources.flatMap((source) => source.imports.map((specifier) => importOf(root, source, specifier))),
    };
  } finally {
    api.close();
  }
}

function importOf(root: string, source: SourceFile, specifier: Node): Import {
  const from = relative(root, source.fileName);
  const text = specifier.getText(source).slice(1, -1);
  const isOwn = text.startsWith('.');
  return { from, module: isOwn ? join(dirname(from), text) : text, isOwn, names: takenNames(specifier.parent) };
}

function takenNames(declaration: Node | undefined): string[] {
  if (declaration === undefined || !isImportDeclaration(declaration)) return ['*'];
  const clause = declaration.importClause;
  if (clause === undefined) return ['*'];
  if (clause.phaseModifier !== undefined) return [];
  const own = clause.name === undefined ? [] : ['*'];
  const bindings = clause.namedBindings;
  if (bindings === undefined) return own;
  if (!isNamedImports(bindings)) return ['*'];
  const named = bindings.elements
    .filter((element) => !element.isTypeOnly)
    .map((element) => (element.propertyName ?? element.name).getText());
  return [...own, ...named];
}
