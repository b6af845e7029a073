import { definedOnly } from '../../../domain/values/defined-only.ts';
import { plainJson } from '../../../domain/values/plain-json.ts';
import type { TextFormat } from '../format.ts';
import { reachableBmcs } from '../reachable-bmcs.ts';
import { oneLine } from '../safe-text.ts';
import { WORD } from '../setting-values.ts';

/** A JSON list for Prometheus' file_sd_configs: a group per BMC, its address as the target, what it is as labels. */
export const PROMETHEUS: TextFormat = {
  name: 'prometheus',
  about: 'the BMCs as targets, for file_sd_configs of Prometheus',
  shape: 'file',
  keys: [
    { name: 'job', about: 'label job of each target (default: that of the configuration)', value: WORD },
    { name: 'module', about: 'module of the exporter, such as ipmi_exporter (default: its own)', value: WORD },
  ],
  async *write(machines, visit, leaveOut, { settings }) {
    const file = 'bmc-targets.json';
    let separator = '[\n';
    for await (const { machine, address } of reachableBmcs(machines, leaveOut)) {
      const { name, mac, sections } = machine;
      const { vendor, product, serial } = sections.system ?? {};
      const labels = definedOnly({
        ...{ host: name, mac, vendor, product, serial, site: visit.site },
        // a label by this name becomes the parameter of the request
        ...{ job: settings['job'], __param_module: settings['module'] },
      });
      const texts = Object.fromEntries(Object.entries(labels).map(([label, text]) => [label, oneLine(text)]));
      yield { file, text: `${separator}  ${plainJson({ targets: [address], labels: texts })}` };
      separator = ',\n';
    }
    yield { file, text: separator === '[\n' ? '[]\n' : '\n]\n' };
  },
};
