import { IconFileImport } from '@tabler/icons-react';
import { ButtonLink } from '../../design/links.tsx';
import { useText } from '../../i18n/text.ts';

/** What fills most empty pages. */
export function ImportButton() {
  const text = useText();
  return (
    <ButtonLink to="/import" leftSection={<IconFileImport size={16} />}>
      {text('import.go')}
    </ButtonLink>
  );
}
