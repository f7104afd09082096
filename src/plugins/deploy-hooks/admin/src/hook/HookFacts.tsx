import { Flex, Typography } from '@strapi/design-system';
import type { Hook } from '../../../shared';
import { BuildLink } from '../text/BuildLink';
import { Moment } from '../text/Moment';
import { Text } from '../text/Text';
import { useTexts } from '../text/use-texts';
import { StateText } from './StateText';

/** A site's address and state, when it was last notified, and what it shows. */
export function HookFacts({ hook }: { hook: Hook }) {
  const say = useTexts();
  const { buildFailure, isDeclared, isReadable, lastDeliveredAt, lastTestAt } = hook;
  const { maskedUrl, preset, previousSecretUntil } = hook;
  return (
    <Flex direction="column" alignItems="stretch" gap={1}>
      <StateText state={hook.state} />
      <Typography tag="p" variant="pi" textColor="neutral800">
        {lastDeliveredAt ? (
          <Text name="notified" values={{ at: <Moment at={lastDeliveredAt} /> }} />
        ) : lastTestAt ? (
          <Text name="notified.tested" values={{ at: <Moment at={lastTestAt} /> }} />
        ) : (
          say('notified.never')
        )}
        {lastDeliveredAt && hook.statusUrl && `; ${say(`shows.${hook.shows ?? 'unknown'}`)}`}
      </Typography>
      {buildFailure && (
        <Flex gap={2} wrap="wrap">
          <Typography tag="p" variant="pi" textColor="danger700">
            <Text
              name="build.failed"
              values={{ at: <Moment at={buildFailure.at} />, reason: buildFailure.reason }}
            />
          </Typography>
          {buildFailure.logUrl && <BuildLink href={buildFailure.logUrl} isLive={false} />}
        </Flex>
      )}
      <Typography tag="p" variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
        {say(`preset.${preset}`)}: {maskedUrl}
      </Typography>
      {previousSecretUntil && Date.parse(previousSecretUntil) > Date.now() && (
        <Note>
          <Text name="secret.previous" values={{ until: <Moment at={previousSecretUntil} /> }} />
        </Note>
      )}
      {isDeclared && <Note>{say('declared')}</Note>}
      {!isReadable && <Note>{say('unreadable')}</Note>}
    </Flex>
  );
}

const Note = ({ children }: { children: React.ReactNode }) => (
  <Typography tag="p" variant="pi" textColor="neutral600">
    {children}
  </Typography>
);
