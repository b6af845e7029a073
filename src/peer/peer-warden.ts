import type { CapturedCommand, CaptureIndex } from '../domain/capture.ts';
import type { ChildExit } from '../platform/process/child.ts';
import type { PortsClock } from './capture/links-settled.ts';

/** Of a command that somebody else runs, its outcome is known with its capture only. */
export type HeardCommand = Pick<CapturedCommand, 'id'> & Partial<Pick<CapturedCommand, 'status'>>;

/** What a peer that is not root has done for it. One that is root does it by itself, and has none. */
export interface PeerWarden {
  /** where it is asked, for the master's workload */
  readonly socket: string;
  leave(): void;
  /** the whole capture of this machine */
  capture(
    directory: string,
    options: { ports: PortsClock; captureMs?: number; onCommand: (command: HeardCommand) => void },
  ): Promise<CaptureIndex>;
  /** lets the holder of the key in the workload's settings log in, and gives what to say of it */
  openLogin(): Promise<string[]>;
  hasBmc(): Promise<boolean>;
  /** the ladder of {@link shutDown}; refuses without a receipt */
  shutDown(): Promise<void>;
  /** runs a workload of the operator's own to its end, as root; it leaves its receipt in `runDirectory` */
  runWorkload(onLine: (line: string) => void): Promise<ChildExit & { runDirectory: string }>;
}
