import { useState } from 'preact/hooks';
import type { TokenView } from '../../domain/pool/api-views.ts';
import { AskDialog } from '../change/ask-dialog.tsx';
import { sendHead } from '../live/ask-head.ts';
import type { PoolActions } from '../live/state.ts';
import { moment } from '../words/moment.ts';
import { groupsText } from './rights-fields.tsx';

/** Tokens, without their secrets, each with the button that ends it. `path`: of the list that they are out of. */
export function TokenTable(props: { tokens: readonly TokenView[]; path: string; actions: PoolActions; onRevoked: () => void }) {
  const { tokens, path, actions, onRevoked } = props;
  const [revoked, setRevoked] = useState<TokenView | undefined>();
  if (tokens.length === 0) return <p class="hint">There is none.</p>;
  return (
    <>
      <table class="rows">
        <caption class="unseen">Tokens</caption>
        <thead>
          <tr>
            <th scope="col">Token</th>
            <th scope="col">May</th>
            <th scope="col" class="wide">
              Made
            </th>
            <th scope="col">Until</th>
            <td>
              <span class="unseen">Revoke</span>
            </td>
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} revoke={() => setRevoked(token)} />
          ))}
        </tbody>
      </table>
      {revoked !== undefined && (
        <AskDialog
          id="revoke"
          title={`Revoke ${revoked.name}`}
          explain="What uses it is refused from now on."
          confirm="Revoke it"
          send={async () => {
            await sendHead('DELETE', `${path}/${revoked.id}`);
            actions.say(`Done: token ${revoked.name} is revoked.`);
            onRevoked();
          }}
          onClose={() => setRevoked(undefined)}
        />
      )}
    </>
  );
}

function TokenRow({ token, revoke }: { token: TokenView; revoke: () => void }) {
  return (
    <tr>
      <th scope="row">
        <strong>{token.name}</strong>
        <span class="sub">
          <code>{token.id}</code>
          {token.owner !== undefined && <span>of {token.owner}</span>}
        </span>
      </th>
      <td>
        {token.role} <span class="sub">{groupsText(token.groups)}</span>
      </td>
      <td class="wide">
        {moment(token.createdAt)} <span class="sub">by {token.by}</span>
      </td>
      <td>{token.expiresAt === undefined ? 'for ever' : moment(token.expiresAt)}</td>
      <td>
        <button type="button" aria-label={`Revoke ${token.name} ${token.id}`} onClick={revoke}>
          Revoke …
        </button>
      </td>
    </tr>
  );
}
