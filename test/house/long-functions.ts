import { join, relative } from 'node:path';
import type { Node, SourceFile } from 'typescript/unstable/ast';
import { isArrowFunction, isFunctionDeclaration, isFunctionExpression, isMethodDeclaration } from 'typescript/unstable/ast/is';
import { API } from 'typescript/unstable/sync';

/** Functions below src/ with more lines than that, as `file:line: lines`. */
export function longFunctions(root: string, projects: readonly string[], mostLines: number): string[] {
  const api = new API({ cwd: root });
  try {
    const snapshot = api.updateSnapshot({ openProjects: projects.map((project) => join(root, project)) });
    const found = snapshot.getProjects().flatMap(({ program }) =>
      program
        .getSourceFileNames()
        .filter((path) => path.startsWith(join(root, 'src/')))
        .map((path) => program.getSourceFile(path))
        .filter((source) => source !== undefined)
        .flatMap((source) => longIn(source, mostLines).map((where) => `${relative(root, source.fileName)}:${where}`)),
    );
    return [...new Set(found)].sort();
  } finally {
    api.close();
  }
}

function longIn(source: SourceFile, mostLines: number): string[] {
  const found: string[] = [];
  const lineOf = (position: number): number => source.text.slice(0, position).split('\n').length;
  const walk = (node: Node): void => {
    if (isFunctionDeclaration(node) || isFunctionExpression(node) || isArrowFunction(node) || isMethodDeclaration(node)) {
      const [first, last] = [lineOf(node.getStart(source)), lineOf(node.end)];
      if (last - first + 1 > mostLines) found.push(`${first}: ${last - first + 1} lines`);
    }
    node.forEachChild(walk);
  };
  walk(source);
  return found;
}
