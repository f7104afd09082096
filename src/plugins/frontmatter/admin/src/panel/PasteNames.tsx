import { useState } from 'react';
import { Button, Field, Modal, Textarea } from '@strapi/design-system';
import { useFetchClient, useForm, useNotification } from '@strapi/strapi/admin';
import type { FindOrCreateNames, NamesSummary, ShapeSummary } from '../../../shared';
import { PLUGIN_ID } from '../plugin-id';
import { useTexts } from '../use-texts';
import { labelOf } from './labels';

/** A row of a relation's field that was added, or will be removed. */
interface Row {
  documentId?: string;
  apiData?: { documentId?: string };
}
interface Relation {
  connect?: Row[];
  disconnect?: Row[];
}

const idOf = ({ apiData, documentId }: Row): string | undefined =>
  apiData?.documentId ?? documentId;

/** A dialog to paste a list of names, such as keywords, instead of choosing them one by one. */
export function PasteNames({
  documentId,
  field,
  shape,
}: {
  documentId: string | undefined;
  field: NamesSummary;
  shape: ShapeSummary;
}) {
  const say = useTexts();
  const { post } = useFetchClient();
  const { toggleNotification } = useNotification();
  const getValues = useForm('PasteNames', (form) => form.getValues);
  const onChange = useForm('PasteNames', (form) => form.onChange);
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const list = { list: labelOf(shape, field.attribute).toLowerCase() };

  async function add(): Promise<void> {
    try {
      const { data } = await post<FindOrCreateNames.Response>(
        `/${PLUGIN_ID}/names/${shape.contentType}/${field.attribute}`,
        { text, documentId } satisfies FindOrCreateNames.Request
      );
      const added = connectNew(data.data);
      setIsOpen(false);
      setText('');
      toggleNotification({
        type: 'success',
        message: say('names.added', { added, created: data.meta.created }),
      });
    } catch (failure) {
      setError(messageOf(failure));
    }
  }

  /** Returns how many were not there already. */
  function connectNew(names: FindOrCreateNames.Response['data']): number {
    const values = getValues() as Record<string, Relation | undefined>;
    const { connect = [], disconnect = [] } = values[field.attribute] ?? {};
    const chosen = new Set(connect.map(idOf));
    const leaving = new Set(disconnect.map(idOf));
    const fresh = names.filter((name) => !chosen.has(name.documentId) && !name.isStored);
    const staying = names.filter(({ documentId: id }) => leaving.has(id));
    const kept = new Set<string | undefined>(staying.map(({ documentId: id }) => id));
    const rows = fresh.map(({ id, documentId: nameId, name }) => ({
      id,
      documentId: nameId,
      name,
      label: name,
      href: `../collection-types/${field.target}/${nameId}`,
      apiData: { id, documentId: nameId, isTemporary: true },
    }));
    onChange(field.attribute, {
      connect: [...connect, ...rows],
      disconnect: disconnect.filter((row) => !kept.has(idOf(row))),
    });
    return fresh.length + staying.length;
  }

  return (
    <Modal.Root open={isOpen} onOpenChange={setIsOpen}>
      <Modal.Trigger>
        <Button variant="secondary" size="S">
          {say('names.open', list)}
        </Button>
      </Modal.Trigger>
      <Modal.Content>
        <Modal.Header>
          <Modal.Title>{say('names.title', list)}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Field.Root name="pasted-names" hint={say('names.hint')} error={error}>
            <Field.Label>{say('names.label', list)}</Field.Label>
            <Textarea
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setError(undefined);
              }}
            />
            <Field.Error />
            <Field.Hint />
          </Field.Root>
        </Modal.Body>
        <Modal.Footer>
          <Modal.Close>
            <Button variant="tertiary">{say('names.cancel')}</Button>
          </Modal.Close>
          <Button disabled={text.trim() === ''} onClick={add}>
            {say('names.add')}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}

/** Returns what the server says is wrong with the list. */
function messageOf(failure: unknown): string {
  const { response, message } = failure as {
    message: string;
    response?: { data?: { error?: { details?: { errors?: { message: string }[] } } } };
  };
  return response?.data?.error?.details?.errors?.[0]?.message ?? message;
}
