import type { EventLog } from '../../domain/record/bmc.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful } from '../../domain/values/placeholder.ts';
import { cleanValue, wholeNumber } from '../../domain/values/text.ts';
import { keyValueLines } from '../values/key-value-lines.ts';
import { nonEmpty, nonEmptyObject } from '../values/non-empty.ts';

/** The event log from `ipmitool sel info` and `sel elist`; undefined when neither says anything. */
export function readEventLog(info: string, elist: string): EventLog | undefined {
  const fields = keyValueLines(info);
  const events = parseSelEvents(elist);
  const critical = events.filter((event) => severityOf(event) === 'critical');
  // of some sensors ipmitool knows no words for what happened: such an event counts, but there is nothing to show
  const described = critical.filter((event) => event.event !== '');
  const overflow = fields.get('Overflow');
  const counted = events.length > 0;
  const log = definedOnly<EventLog>({
    entries: wholeNumber(fields.get('Entries')),
    percentUsed: wholeNumber(/^(\d{1,3})\s*%$/.exec(fields.get('Percent Used') ?? '')?.[1]),
    overflow: overflow === undefined ? undefined : /^true$/i.test(overflow),
    lastAdded: time(fields.get('Last Add Time')),
    lastErased: time(fields.get('Last Del Time')),
    readEntries: counted ? events.length : undefined,
    critical: counted ? critical.length : undefined,
    warning: counted ? events.filter((event) => severityOf(event) === 'warning').length : undefined,
    other: counted ? events.filter((event) => severityOf(event) === 'other').length : undefined,
    newestCritical: nonEmpty(described.slice(-NEWEST).map(({ isAsserted: _, ...event }) => event)),
  });
  return nonEmptyObject(log);
}

/** More than a person reads in a table. */
const NEWEST = 10;

interface SelEvent {
  time?: string;
  sensor: string;
  event: string;
  isAsserted: boolean;
}

/**
 * `1 | 04/14/2020 | 10:12:44 | Power Supply #0x51 | Failure detected | Asserted`; `Pre-Init` stands for a time before the clock was set. What happened may hold
 * bars of its own, and the name of a memory module behind one: all up to the word that says whether it began or ended is the event.
 */
export function parseSelEvents(text: string): SelEvent[] {
  return text.split('\n').flatMap((line): SelEvent[] => {
    const columns = line.split('|').map((column) => cleanValue(column) ?? '');
    if (!/^[0-9a-f]{1,4}$/i.test(columns[0] ?? '') || columns.length < 4) return [];
    const isDated = /^\d{1,2}\/\d{1,2}\/\d{2,4}$/.test(columns[1] ?? '');
    const isWithoutTime = /^pre-init/i.test(columns[1] ?? '') && !/^[\d:]*$/.test(columns[2] ?? '');
    const [sensor = '', ...rest] = columns.slice(isWithoutTime ? 2 : 3);
    if (sensor === '') return [];
    const end = rest.findIndex((column) => DIRECTION.test(column));
    const event = (end < 0 ? rest : rest.slice(0, end)).join(' | ').replace(/( \| )+$/, '');
    return [
      { ...(isDated ? { time: `${columns[1]} ${columns[2]}` } : {}), sensor, event, isAsserted: !/^deassert/i.test(rest[end] ?? '') },
    ];
  });
}

const DIRECTION = /^(de)?assert(ed|ion( event)?)$/i;

/** The words are those of IPMI 2.0, tables 42-2 and 42-3, as ipmitool writes them. An event that went away again is none to act on. */
function severityOf({ sensor, event, isAsserted }: SelEvent): 'critical' | 'warning' | 'other' {
  if (!isAsserted) return 'other';
  const words = `${sensor} ${event}`;
  if (CRITICAL.test(words)) return 'critical';
  return WARNING.test(words) ? 'warning' : 'other';
}

const CRITICAL =
  /uncorrectable|non-recoverable|(upper|lower) critical|\bfailure detected|drive fault|power supply.*(failure|ac lost)|bus fatal|\b(ierr|nmi|serr|perr|mca)\b|machine check|thermal trip|processor.*(disabled|frb)|fru state.*fail|transition to critical|memory device disabled|chipset error/i;
const WARNING =
  /correctable|non-critical|predictive|redundancy (lost|degraded)|degraded|limit reached|throttl|intrusion|log full|low battery|rebuild/i;

function time(text: string | undefined): string | undefined {
  const value = meaningful(text);
  return value === undefined || /^(not available|pre-init|01\/01\/(1970|70)\b)/i.test(value) ? undefined : value;
}
