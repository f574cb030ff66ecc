import { CopyButton } from '../states/CopyButton.tsx';
import style from './DrillDown.module.css';

export function CodeBlock({ label, code, lang }: { label: string; code: string; lang?: string }) {
  return (
    <figure className={style.code}>
      <figcaption className={style.codeHead}>
        {label}
        <CopyButton value={code} />
      </figcaption>
      <pre className={style.pre} lang={lang}>
        {code}
      </pre>
    </figure>
  );
}
