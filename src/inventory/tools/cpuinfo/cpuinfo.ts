import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful } from '../../../domain/values/placeholder.ts';
import { wholeNumber } from '../../../domain/values/text.ts';
import { armCore, armMaker } from './arm-cores.ts';

/** What /proc/cpuinfo says. Counts are missing where the architecture does not print them (ARM has no `physical id`). */
export interface Cpuinfo {
  /** fields of the first processor */
  first: ReadonlyMap<string, string>;
  threads?: number;
  sockets?: number;
  cores?: number;
  architecture?: string;
  model?: string;
  vendor?: string;
  /** features, apart by blanks */
  flags?: string;
}

/** Reads /proc/cpuinfo: a block of `key : value` lines for each logical processor, and with some architectures one of the machine before or behind them. */
export function parseCpuinfo(text: string): Cpuinfo {
  const blocks = text.split(/\n\s*\n/).map(fieldsOf);
  // s390x names what others call a processor by `cpu number`; its older kernels have `processor 0: version = FF, …`
  const processors = blocks.filter((fields) => fields.has('processor') || fields.has('cpu number'));
  const all = new Map(blocks.toReversed().flatMap((fields) => [...fields]));
  const first = processors[0] ?? new Map<string, string>();
  const threads = processors.length || wholeNumber(all.get('# processors'));
  const sockets = new Set(processors.map((fields) => fields.get('physical id')).filter((id) => id !== undefined));
  const cores = new Set(
    processors.filter((fields) => fields.has('core id')).map((fields) => `${fields.get('physical id')}/${fields.get('core id')}`),
  );
  // the numbers of an s390x processor count in its book and drawer
  const isNested = processors.some((fields) => fields.has('book id'));
  return {
    first,
    ...definedOnly<Omit<Cpuinfo, 'first'>>({
      threads: threads || undefined,
      sockets: isNested ? undefined : sockets.size || undefined,
      cores: isNested || sockets.size === 0 ? undefined : cores.size || undefined,
      ...described(first, all),
    }),
  };
}

type Described = { [K in 'architecture' | 'model' | 'vendor' | 'flags']?: string | undefined };

/** By the fields that only one architecture has. */
function described(first: ReadonlyMap<string, string>, all: ReadonlyMap<string, string>): Described {
  const value = (key: string): string | undefined => meaningful(first.get(key) ?? all.get(key));
  const common = { model: value('model name') ?? value('Model Name'), vendor: value('vendor_id') };
  if (value('vendor_id') === 'IBM/S390') {
    const machine = value('machine') ?? /^version = .*\bmachine = (\w+)/m.exec([...all.values()].join('\n'))?.[1];
    return {
      architecture: 's390x',
      vendor: 'IBM/S390',
      model: machine === undefined ? undefined : `IBM ${machine}`,
      flags: value('features'),
    };
  }
  if (value('CPU implementer') !== undefined) {
    const [maker, core] = [armMaker(value('CPU implementer')), armCore(value('CPU implementer'), value('CPU part'))];
    const is64 = Number(value('CPU architecture')) >= 8 || value('CPU architecture') === 'AArch64';
    return {
      architecture: is64 ? 'aarch64' : undefined,
      vendor: common.vendor ?? maker,
      model: common.model ?? core,
      flags: value('Features'),
    };
  }
  const power = /^(POWER\d+\w*|PPC\w*|e\d+)/i.exec(value('cpu') ?? '')?.[1];
  if (power !== undefined) return { vendor: /^POWER/i.test(power) ? 'IBM' : undefined, model: power };
  if (value('isa')?.startsWith('rv64') === true)
    return { architecture: 'riscv64', vendor: undefined, model: common.model ?? value('uarch') };
  // lm: long mode
  const flags = value('flags');
  return { ...common, architecture: / lm /.test(` ${flags ?? ''} `) ? 'x86_64' : undefined, flags };
}

function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const at = line.indexOf(':');
    if (at > 0) fields.set(line.slice(0, at).trim(), line.slice(at + 1).trim());
  }
  return fields;
}
