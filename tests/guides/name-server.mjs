// A name server on loopback that has some addresses for each name.

import { createSocket } from "node:dgram";
import { once } from "node:events";

const HEADER_BYTES = 12;
const ADDRESS = 1; // a record of type A

/**
 * Starts it on a free port.
 * @param {string[]} addresses
 */
export async function startNameServer(addresses) {
  const socket = createSocket("udp4", (query, { port, address }) =>
    socket.send(answer(query, addresses), port, address),
  );
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { port: socket.address().port, close: () => socket.close() };
}

/**
 * A reply as of RFC 1035: the question, and the addresses if those are what is asked for.
 * @param {Buffer} query
 * @param {string[]} addresses
 */
function answer(query, addresses) {
  const end = query.indexOf(0, HEADER_BYTES) + 5; // the name, its type and class
  const type = query.readUInt16BE(end - 4);
  const records = type === ADDRESS ? addresses.map(record) : [];
  const header = Buffer.alloc(HEADER_BYTES);
  query.copy(header, 0, 0, 2); // the id
  header.writeUInt16BE(0x8180, 2); // a reply without an error
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, query.subarray(HEADER_BYTES, end), ...records]);
}

/** @param {string} address */
function record(address) {
  const [namePointer, seconds, length] = [0xc000 + HEADER_BYTES, 60, 4];
  const fields = Buffer.alloc(12);
  fields.writeUInt16BE(namePointer, 0);
  fields.writeUInt16BE(ADDRESS, 2);
  fields.writeUInt16BE(1, 4); // class: the Internet
  fields.writeUInt32BE(seconds, 6);
  fields.writeUInt16BE(length, 10);
  return Buffer.concat([fields, Buffer.from(address.split(".").map(Number))]);
}
