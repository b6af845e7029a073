import type { CpuSection } from '../../../domain/record/cpu.ts';
import type { MemorySection } from '../../../domain/record/memory.ts';
import type { SystemSection } from '../../../domain/record/system.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { ok, type SectionResult } from '../../values/section.ts';
import type { ToldFacts } from '../../values/told-facts.ts';

/** A section with what others say of the machine where its own tools say nothing: those keep every word of theirs. */
export function withTold<T extends object>(section: SectionResult<T>, told: readonly T[]): SectionResult<T> {
  const added: Partial<T> = Object.assign({}, ...told.toReversed());
  if (Object.keys(added).length === 0) return section;
  if (section.status !== 'ok') return ok(added as T);
  return ok({ ...added, ...section.data });
}

/** As {@link withTold}; the chassis by its own fields. */
export function systemWithTold(section: SectionResult<SystemSection>, told: readonly ToldFacts[]): SectionResult<SystemSection> {
  const joined = withTold(
    section,
    told.map(({ system }) => system),
  );
  const chassis = Object.assign(
    {},
    ...told.map(({ system }) => system.chassis).reverse(),
    section.status === 'ok' ? section.data.chassis : {},
  );
  return joined.status === 'ok' && Object.keys(chassis).length > 0 ? ok({ ...joined.data, chassis }) : joined;
}

/** Counts of one source only: cores of one and sockets of another are of no machine. */
export function cpuWithTold(section: SectionResult<CpuSection>, told: readonly ToldFacts[]): SectionResult<CpuSection> {
  const facts = told.map(({ cpu }) => cpu).filter((cpu) => Object.keys(cpu).length > 0);
  const counts = facts.find((cpu) => COUNTS.some((key) => cpu[key] !== undefined)) ?? {};
  const hasCounts = section.status === 'ok' && COUNTS.some((key) => section.data[key] !== undefined);
  const plain = facts.map(
    ({ sockets: _, socketsEmpty: __, cores: ___, threads: ____, coresPerSocket: _____, socketList: ______, ...rest }) => rest,
  );
  const joined = withTold<CpuSection>(section, hasCounts ? plain : [...plain, counts]);
  if (joined.status !== 'ok' || hasCounts) return joined;
  const { sockets, cores, threads, coresPerSocket } = joined.data;
  const all = cores ?? (sockets === undefined || coresPerSocket === undefined ? undefined : sockets * coresPerSocket);
  return ok({ ...joined.data, ...definedOnly<Partial<CpuSection>>({ cores: all, threads }) });
}

const COUNTS = ['sockets', 'cores', 'threads', 'coresPerSocket', 'socketList'] as const;

/** How much memory Linux can use. */
export function memoryTotalWithTold(section: SectionResult<MemorySection>, told: readonly ToldFacts[]): SectionResult<MemorySection> {
  const totalBytes = told.map(({ memoryBytes }) => memoryBytes).find((bytes) => bytes !== undefined);
  if (totalBytes === undefined || (section.status === 'ok' && section.data.totalBytes !== undefined)) return section;
  return ok(section.status === 'ok' ? { totalBytes, ...section.data } : { totalBytes, dimms: [] });
}
