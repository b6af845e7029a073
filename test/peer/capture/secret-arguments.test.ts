import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutProcesses } from '../../../src/peer/capture/commands/gpu-fields.ts';
import { withoutSecretArguments } from '../../../src/peer/capture/secret-arguments.ts';

const SIX_GONE = 'passwd/root-password-crypted=*** apikey=*** tailscale.authkey=*** nvmf.hostkey=*** snmp=*** bmc.pin=*** cred=***';
const NFS_GONE = 'nfsroot=h:/x,username=u,password=***,vers=4 rd.nvmf.discover=tcp,dhchap-secret=***';
const URLS_GONE = 'ignition.config.url=https://h/c?*** live.url=http://***@h/ root=//***@h/s';

test('of a kernel command line what opens a door is left out, and nothing else', () => {
  for (const [line, kept] of [
    ['rd.iscsi.password=geheim quiet', 'rd.iscsi.password=*** quiet'],
    ['quiet rd.iscsi.in.password="zwei worte" ro', 'quiet rd.iscsi.in.password=*** ro'],
    ['systemd.set_credential=passwd.hashed:$6$x cifspass=a', 'systemd.set_credential=*** cifspass=***'],
    ['inst.vncpassword=x rootpw=y', 'inst.vncpassword=*** rootpw=***'],
    ['root=cifs://ina:geheim@10.0.0.1/share', 'root=cifs://***@10.0.0.1/share'],
    ['netroot=iscsi:ina:geheim:rina:anders@10.0.0.1::3260:0:iqn.x', 'netroot=iscsi:***@10.0.0.1::3260:0:iqn.x'],
    ['root=nbd:ina@server', 'root=nbd:ina@server'],
    ['"rootpw=zwei worte" ro', '"rootpw=***" ro'],
    ['passwd/root-password-crypted=$6$x apikey=x tailscale.authkey=x nvmf.hostkey=x snmp=x bmc.pin=7 cred=x', SIX_GONE],
    ['nfsroot=h:/x,username=u,password=x,vers=4 rd.nvmf.discover=tcp,dhchap-secret=x', NFS_GONE],
    ['ignition.config.url=https://h/c?X-Amz-Signature=x&y=1 live.url=http://geheim@h/ root=//ina:a@b@h/s', URLS_GONE],
    ['http_proxy=ina:geheim@p:3128 rd.luks.key=/k:UUID=1', 'http_proxy=***@p:3128 rd.luks.key=***'],
    [
      'iommu.passthrough=1 rd.vconsole.keymap=de keyboard=de spinlock=1',
      'iommu.passthrough=1 rd.vconsole.keymap=de keyboard=de spinlock=1',
    ],
  ] as const)
    assert.equal(withoutSecretArguments(Buffer.from(`${line}\n`)).toString(), `${kept}\n`);
  const ours =
    'root=live:http://10.77.0.1/install/recon/x.squashfs rd.live.image BOOTIF=01-52-54-00-00-00-01 recon.sha256=00ff recon.size=7 console=ttyS0,115200n8 ip=10.0.0.2::10.0.0.1:255.0.0.0:host:eno1:off\n';
  assert.equal(withoutSecretArguments(Buffer.from(ours)).toString(), ours);
});

test('of cards everything is kept but the programs on them, also where the list is cut off', () => {
  const card = '<gpu id="1"><product_name>A</product_name>';
  const list = '<processes>\n<process_info><process_name>/home/ina/x</process_name></process_info>\n';
  assert.equal(withoutProcesses(Buffer.from(`${card}${list}</processes></gpu>`)).toString(), `${card}</gpu>`);
  assert.equal(withoutProcesses(Buffer.from(`${card}<accounted_processes>9</accounted_processes></gpu>`)).toString(), `${card}</gpu>`);
  assert.equal(withoutProcesses(Buffer.from(`${card}${list}`)).toString(), card);
});
