import type { RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Requests that may wait on one connection; more than any client sends without having read. */
const MOST_WAITING = 100

/** What is still to be answered on a connection, the newest of it last. */
interface Queue {
  waiting: number
  last: ServerResponse
}

/**
 * Looks at a request once its answer can leave. A client may send many without waiting (RFC 9112
 * section 9.3.2); what was decided while another answer was on its way could leave long after it
 * stopped being true, and nobody would hear that the reader has gone.
 */
export const answerInTurn = (answer: RequestListener): RequestListener => {
  const queues = new WeakMap<Socket, Queue>()

  return (request, response) => {
    const { socket } = request
    const queue = queues.get(socket)
    if (response.socket || !queue) {
      queues.set(socket, { waiting: 0, last: response })
      return answer(request, response)
    }
    if (queue.waiting >= MOST_WAITING) return socket.destroy()
    queue.waiting += 1
    queue.last.once('close', () => {
      queue.waiting -= 1
      if (response.socket) answer(request, response)
    })
    queue.last = response
  }
}
