import { Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { updateProfile } from '../../../../../src/rooms/admin/contract.ts';
import { call } from '../../../client.ts';
import { choose, isLanguage, type Language, languages } from '../../../i18n/language.ts';
import { useLanguage, useText } from '../../../i18n/text.ts';
import { SendForm } from '../../../kit/states/SendForm.tsx';
import { offerUndo } from '../../../kit/states/undo.tsx';
import { type Caller, whoamiQuery } from '../session.ts';

interface Own {
  display_name: string;
  locale: Language;
}

/** One's own name and language; the language is at work at once and wherever one signs in. */
export function OwnData({ caller }: { caller: Caller }) {
  const text = useText();
  const shown = useLanguage();
  const queryClient = useQueryClient();
  const before: Own = { display_name: caller.display_name, locale: isLanguage(caller.locale ?? '') ? (caller.locale as Language) : shown };
  const [own, setOwn] = useState(before);
  const write = async (values: Own) => {
    await call(updateProfile, values);
    await choose(values.locale);
    await queryClient.invalidateQueries({ queryKey: whoamiQuery.queryKey });
  };
  const save = useMutation({
    mutationFn: (_former: Own) => write(own),
    onSuccess: (_answer, former) => offerUndo(text, text('profile.saved'), () => write(former)),
  });
  const submit = () => {
    save.mutate(before);
  };
  return (
    <SendForm sends={save} onSend={submit}>
      <TextInput
        label={text('person.name')}
        value={own.display_name}
        onChange={(event) => setOwn({ ...own, display_name: event.currentTarget.value })}
        autoComplete="name"
        maxLength={200}
        required
      />
      <Select
        label={text('person.language')}
        data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
        value={own.locale}
        onChange={(locale) => locale && setOwn({ ...own, locale: locale as Language })}
        allowDeselect={false}
        lang={own.locale}
      />
    </SendForm>
  );
}
