import type { Command } from 'commander';

export interface PoolCommandsDeps {
  print: (text: string) => void;
}

/** Where a head node keeps what is wanted. */
const FOLDER = '/etc/recon/pool';

/** The boot pool: what each machine boots, from a folder of YAML. */
export function addPoolCommands(program: Command, { print }: PoolCommandsDeps): void {
  const pool = program.command('pool').description('the boot pool: what each machine boots, from a folder of YAML');
  pool
    .command('check [folder]')
    .description('check every file of a pool against each other, and change nothing')
    .addHelpText('after', '\nExample:\n  recon pool check ./pool')
    .action(async (folder: string = FOLDER) => {
      const { checkedPool } = await import('../pool/desk/check-pool.ts');
      const { poolLine } = await import('../pool/api/parts/pool-line.ts');
      print(`${folder}: ${poolLine(await checkedPool(folder))}\n`);
    });
  program
    .command('why <node>')
    .description('which line of the pool decides what a node boots, and which lines would have')
    .option('--pool <folder>', 'the folder of the pool', FOLDER)
    .option('--fact <key=value...>', 'what its firmware would say: vendor, product, serial, memoryGiB, firmware, switch, port …', [])
    .addHelpText(
      'after',
      '\nA machine that is no node is named by its MAC address.\n\nExample:\n  recon why node-000 --pool ./pool --fact "vendor=Dell Inc." memoryGiB=64',
    )
    .action(async (node: string, options: { pool: string; fact: string[] }) => {
      const { checkedPool } = await import('../pool/desk/check-pool.ts');
      const { explainNode, factsFromWords } = await import('../pool/desk/explain-node.ts');
      print(explainNode(await checkedPool(options.pool), node, factsFromWords(options.fact)));
    });
}
