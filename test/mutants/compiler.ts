import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { API, type Snapshot } from 'typescript/unstable/sync';
import { mutationsOf } from './find-mutations.ts';
import { type Mutation, mutatedText } from './mutation.ts';

/** "Unused", "unreachable" and the like: a fault may leave such things behind and still run. */
const HARMLESS = new Set([6133, 6138, 6192, 6196, 6198, 6199, 6205, 7027, 7028, 2578]);

export interface Compiler extends Disposable {
  /** the mutations of a source that the compiler lets pass; the others need no test */
  mutations(path: string): Mutation[];
}

/**
 * Opens the compiler of a project. All mutants of a source are checked in one program, each as a file of its own beside the source, which
 * exists in memory only: what they import is then worked out once.
 */
export function openCompiler(root: string): Compiler {
  const config = join(root, 'tsconfig.mutants.json');
  const files = new Map<string, string>();
  const api = new API({
    cwd: root,
    fs: { readFile: (name) => files.get(name), fileExists: (name) => (files.has(name) ? true : undefined) },
  });
  const programOf = (path: string, texts: readonly string[]): { names: string[]; program: Program } => {
    const before = [...files.keys()];
    files.clear();
    const names = texts.map((_text, index) => join(root, path.replace(/\.ts$/, `.mutant-${index}.ts`)));
    for (const [index, name] of names.entries()) files.set(name, texts[index] ?? '');
    files.set(config, JSON.stringify({ extends: './tsconfig.json', include: [], files: names }));
    const snapshot = api.updateSnapshot({ openProjects: [config], fileChanges: { changed: [...before, ...files.keys()] } });
    const program = snapshot.getProject(config)?.program;
    if (program === undefined) throw new Error(`TypeScript did not open ${config}`);
    return { names, program };
  };
  return {
    mutations: (path) => {
      const text = readFileSync(join(root, path), 'utf8');
      const original = programOf(path, [text]);
      const file = original.program.getSourceFile(original.names[0] ?? '');
      if (file === undefined) throw new Error(`TypeScript did not read ${path}`);
      const mutations = mutationsOf(file);
      const { names, program } = programOf(
        path,
        mutations.map((mutation) => mutatedText(text, mutation)),
      );
      return mutations.filter((_mutation, index) => isAccepted(program, names[index] ?? ''));
    },
    [Symbol.dispose]: () => api.close(),
  };
}

type Program = NonNullable<ReturnType<Snapshot['getProject']>>['program'];

function isAccepted(program: Program, name: string): boolean {
  const errors = [...program.getSyntacticDiagnostics(name), ...program.getSemanticDiagnostics(name)];
  return errors.every(({ code }) => HARMLESS.has(code));
}
