import { Accordion, Flex, Typography } from '@strapi/design-system';
import { useFetchClient } from '@strapi/strapi/admin';
import type { Answer, Delivery, Liveness } from '../../../shared';
import { DELIVERIES_PATH } from '../data/use-deliveries';
import { useDescribeDelivery, useResults } from '../data/use-results';
import { ActionButton } from '../hook/ActionButton';
import { BuildLink } from '../text/BuildLink';
import { Moment } from '../text/Moment';
import { useTexts } from '../text/use-texts';
import { Attempts } from './Attempts';
import { Changes, useSummary } from './Changes';
import { DeliveryStateText, LivenessText } from './DeliveryStateText';

interface DeliveryItemProps {
  delivery: Delivery;
  canSend: boolean;
  reload: () => Promise<void>;
}

/** One message to a site: its state in one line, and all details when opened. */
export function DeliveryItem({ delivery, canSend, reload }: DeliveryItemProps) {
  const say = useTexts();
  const summary = useSummary(delivery);
  return (
    <Accordion.Item value={String(delivery.id)}>
      <Accordion.Header>
        <Accordion.Trigger>
          <DeliveryStateText delivery={delivery} /> ·{' '}
          {delivery.live && (
            <>
              <LivenessText live={delivery.live} /> ·{' '}
            </>
          )}
          {summary} · <Moment at={delivery.createdAt} />
        </Accordion.Trigger>
      </Accordion.Header>
      <Accordion.Content>
        <Flex direction="column" alignItems="stretch" gap={4} padding={4}>
          {delivery.live && <LiveLink live={delivery.live} />}
          <Changes delivery={delivery} />
          <Attempts delivery={delivery} />
          <Typography tag="p" variant="pi" textColor="neutral600">
            {say('delivery.message', { id: delivery.messageId })}
            <br />
            {say('delivery.positions', { from: delivery.from, to: delivery.to })}
          </Typography>
          {canSend && <SendAgainButton delivery={delivery} reload={reload} />}
        </Flex>
      </Accordion.Content>
    </Accordion.Item>
  );
}

function LiveLink({ live }: { live: Liveness }) {
  const isLive = live.kind === 'live';
  const href = isLive ? live.url : 'logUrl' in live ? live.logUrl : undefined;
  return href === undefined ? null : <BuildLink href={href} isLive={isLive} />;
}

function SendAgainButton({ delivery, reload }: Omit<DeliveryItemProps, 'canSend'>) {
  const say = useTexts();
  const { post } = useFetchClient();
  const run = useResults(reload);
  const describe = useDescribeDelivery();
  const sendAgain = () =>
    run(
      () => post<Answer<Delivery>>(`${DELIVERIES_PATH}/${delivery.id}/send`, {}),
      ({ data }) => describe(data.data)
    );
  return (
    <Flex>
      <ActionButton label={say('send-again')} variant="secondary" onAct={sendAgain} />
    </Flex>
  );
}
