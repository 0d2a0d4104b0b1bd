/** A web server on loopback in a process of its own: `/N` answers N bytes, whatever it is sent. Prints its port. */
import { createServer } from "node:http";

const server = createServer((request, response) => {
  request.resume().on("end", () => response.end(Buffer.alloc(Number(request.url?.slice(1)), "x")));
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") console.log(address?.port);
});
