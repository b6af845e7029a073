import { Argument, type Command } from 'commander';
import type { Log } from '../platform/log.ts';

export interface ServiceCommandsDeps {
  log: Log;
  environment: Readonly<Record<string, string | undefined>>;
  /** from then on a signal to end is only told; what is told nobody is not ended by it */
  takeSignal: () => AbortSignal;
}

/** In the booted image: its service, and the parts of it that a person, a unit or the workload calls alone. */
export function addServiceCommands(program: Command, deps: ServiceCommandsDeps): void {
  const { log, takeSignal } = deps;
  program
    .command('service')
    .description('what the live image runs after booting: decides whether this node is master or peer')
    .action(async () => {
      const { runService } = await import('../service/service.ts');
      await runService({ signal: takeSignal(), log });
    });
  program
    .command('master')
    .description('be the master on this booted stick, whatever the kernel arguments say')
    .action(async () => {
      const { bootFacts } = await import('../service/facts.ts');
      const { runWarden } = await import('../service/warden/run-warden.ts');
      await runWarden(await bootFacts(), { signal: takeSignal(), log });
    });
  program
    .command('peer')
    .description('be a peer of a running master: inventory this machine, upload, and power off if it has a BMC')
    .requiredOption('--master <url>', 'the master, for example http://10.77.0.1')
    .action(async (options: { master: string }) => {
      const { startPeer } = await import('../service/run-peer.ts');
      takeSignal();
      await startPeer({ role: 'peer', masterUrl: options.master.replace(/\/+$/, ''), bootMac: undefined, reason: 'recon peer' }, log);
    });
  program
    .command('seal')
    .description('on the master: make the tarball now and say what is in it')
    .option('--lean', 'without the raw captures, when the stick has no room for more', false)
    .action(async ({ lean }: { lean: boolean }) => {
      const { sealNow } = await import('../service/seal-now.ts');
      log.info(await sealNow({ lean }));
    });
  addUnitCommands(program, deps);
}

/** What units and the workload call; nobody has to know of them. */
function addUnitCommands(program: Command, { log, takeSignal, environment }: ServiceCommandsDeps): void {
  program
    .command('master-work', { hidden: true })
    .description('serve the networks, without root; called by recon-master.service')
    .action(async () => {
      const { runMaster } = await import('../service/run-master.ts');
      await runMaster({ signal: takeSignal(), log });
    });
  program
    .command('own-record <directory>', { hidden: true })
    .description("make the master's own record of the capture in this directory; called by the master")
    .action(async (directory: string) => {
      const { makeOwnRecord } = await import('../service/own/make-record.ts');
      await makeOwnRecord(directory);
    });
  program
    .command('capture-part', { hidden: true })
    .description('capture what takes root, without the network: the hardware, or what the operator brought; called by units')
    .addArgument(new Argument('<part>').choices(['hardware', 'brought']))
    .action(async (part: 'hardware' | 'brought') => {
      const { captureBrought, captureHardware } = await import('../service/inventory/capture-part.ts');
      await (part === 'hardware' ? captureHardware : captureBrought)(log);
    });
  program
    .command('peer-life', { hidden: true })
    .description("a peer's life, on its screens; called by recon-peer.service")
    .action(async () => {
      const { livePeer } = await import('../service/peer-life.ts');
      await livePeer({ signal: takeSignal(), log });
    });
  program
    .command('peer-work', { hidden: true })
    .description('collect, upload, wait for the receipt, power off; called by the workload of post.tgz')
    .action(async () => {
      const { runWork } = await import('../service/run-peer.ts');
      takeSignal();
      await runWork(environment, log);
    });
  program
    .command('warm-up', { hidden: true })
    .description('load what runs after booting, and do nothing; called by the builder, which keeps the code')
    .action(async () => {
      const { warmUp } = await import('../service/warm-up.ts');
      await warmUp(log);
    });
  program
    .command('power', { hidden: true })
    .command('cut')
    .description('cut the power through the BMC after a while')
    .requiredOption('--after <seconds>', 'how long the system has to go down by itself', Number)
    .action(async (options: { after: number }) => {
      const { cutPowerAfter } = await import('../service/run-peer.ts');
      // the system that goes down ends everybody else, and is waited for here
      takeSignal();
      await cutPowerAfter(options.after, environment, log);
    });
}
