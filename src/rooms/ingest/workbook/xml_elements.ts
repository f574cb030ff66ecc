import type { ByteWindow } from './byte_window.ts';
import { limits } from './limits.ts';
import { NEED_MORE, Token, XmlReader } from './xml_reader.ts';

export interface Element {
  local: string;
  /** An opening (or empty) element; else a closing one. */
  opens: boolean;
  depth: number;
  attribute(name: string): string | undefined;
}

class ElementReader extends XmlReader {
  /** The elements of a part that stands in the window as a whole. Empty elements come twice, as opening and closing. */
  *all(): Generator<Element> {
    const { bytes, end } = this.window;
    const open: string[] = [];
    const attribute = (name: string) => this.attribute(name);
    let at = 0;
    let roots = 0;
    for (;;) {
      const from = at;
      while (bytes[at] !== 60 && bytes[at] !== 0) at++;
      if (open.length === 0 && bytes.toString('utf8', from, at).trim() !== '') this.stray();
      if (bytes[at] === 0 && at >= end) break;
      at = bytes[at] === 0 ? this.stop(at) : this.tag(at);
      if (at === NEED_MORE) throw this.fail('it ends in the middle');
      if (this.type === Token.close) {
        if (open.pop() !== this.name) throw this.fail(`</${this.name.slice(0, 40)}> closes nothing`);
        yield { local: this.local, opens: false, depth: open.length, attribute };
      } else if (this.type === Token.open || this.type === Token.empty) {
        const { local, type } = this;
        if (open.length === 0 && ++roots > 1) this.stray();
        if (open.length >= limits.depth) throw this.fail('its elements are nested too deeply');
        const depth = open.length;
        if (type === Token.open) open.push(this.name);
        yield { local, opens: true, depth, attribute };
        if (type === Token.empty) yield { local, opens: false, depth, attribute };
      }
    }
    if (open.length > 0 || roots === 0) throw this.fail('it ends in the middle');
  }
}

/** Walks over the elements of a small part. */
export function elements(window: ByteWindow): Generator<Element> {
  return new ElementReader(window).all();
}
