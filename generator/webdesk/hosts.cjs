"use strict";
// Loaded by node before decap-server, which writes files for anybody who asks. A stranger's page can ask it too, through
// a host name that leads to this machine (DNS rebinding), so only requests for this machine by name are answered.
const { Server } = require("node:http");

const LOCAL = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;
const emit = Server.prototype.emit;

Server.prototype.emit = function (event, request, response) {
  if (event === "request" && !LOCAL.test(request.headers.host ?? "")) {
    response.writeHead(403, { "Content-Type": "text/plain" });
    response.end("This server answers to localhost alone.\n");
    return true;
  }
  return emit.apply(this, arguments);
};
