package isnad;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import isnad.v1.ExtractRequest;
import isnad.v1.ExtractStreamResponse;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The answers of a stream, as they come, and the thread that writes its requests. One answer is asked for when the one before it
 * is taken, so that a slow reader holds the server back and not the answers in memory; writing waits in the same way.
 */
final class AnswerIterator implements Iterator<Answer>, ClientResponseObserver<ExtractRequest, ExtractStreamResponse>, AutoCloseable {
  /** Stands behind the last answer, with what the call ended with. */
  private record End(Throwable failed) {}

  private final Iterator<ExtractRequest> requests;
  private final AtomicReference<Metadata> headers;
  private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
  private final Object readiness = new Object();
  private final Thread writer = new Thread(this::write, "isnad-requests");

  private ClientCallStreamObserver<ExtractRequest> call;
  private Object next;
  private volatile boolean over;
  private volatile RuntimeException broken;

  /** {@code headers} will hold those of the call. */
  AnswerIterator(Iterator<ExtractRequest> requests, AtomicReference<Metadata> headers) {
    this.requests = requests;
    this.headers = headers;
    writer.setDaemon(true);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ExtractRequest> call) {
    this.call = call;
    call.disableAutoRequestWithInitial(1);
    call.setOnReadyHandler(this::wake);
  }

  /** Begins to write, once the call has started. */
  void start() {
    writer.start();
  }

  private void write() {
    try {
      while (!over && requests.hasNext()) {
        ExtractRequest request = requests.next();
        synchronized (readiness) {
          while (!over && !call.isReady()) {
            readiness.wait();
          }
        }
        if (over) {
          return;
        }
        call.onNext(request);
      }
      if (!over) {
        call.onCompleted();
      }
    } catch (InterruptedException left) {
      // Nobody wants the rest.
    } catch (RuntimeException failed) {
      if (!over) {
        broken = failed;
        call.cancel("the requests could not be written", failed);
      }
    }
  }

  private void wake() {
    synchronized (readiness) {
      readiness.notifyAll();
    }
  }

  @Override
  public void onNext(ExtractStreamResponse message) {
    arrived.add(message);
  }

  @Override
  public void onError(Throwable failed) {
    arrived.add(new End(failed));
    stop();
  }

  @Override
  public void onCompleted() {
    arrived.add(new End(null));
    stop();
  }

  @Override
  public boolean hasNext() {
    try {
      if (next == null) {
        next = arrived.take();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      close();
      throw IsnadException.of(
          Status.CANCELLED.withDescription("interrupted").withCause(interrupted).asRuntimeException(), headers.get());
    }
    if (next instanceof End end) {
      if (broken != null) {
        throw broken;
      }
      if (end.failed() instanceof StatusRuntimeException failed) {
        throw IsnadException.of(failed, headers.get());
      }
      return false;
    }
    return true;
  }

  @Override
  public Answer next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var message = (ExtractStreamResponse) next;
    next = null;
    call.request(1);
    return Answer.of(message);
  }

  /** Cancels the call, if it has not ended. */
  @Override
  public void close() {
    if (!over) {
      stop();
      call.cancel("the stream was closed", null);
    }
  }

  private void stop() {
    over = true;
    wake();
    writer.interrupt();
  }
}
