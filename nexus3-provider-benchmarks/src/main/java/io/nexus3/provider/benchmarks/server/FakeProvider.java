package io.nexus3.provider.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * A provider that answers with bytes made before: one thread, no parsing but of the path,
 * so that it is never what a client waits for. A path begins with
 * {@code /BODY/EVENTS/GAP_MICROS/}; a gap of 0 is a burst. What follows is of no meaning.
 */
public final class FakeProvider implements AutoCloseable {

	private final Selector selector;

	private final ServerSocketChannel server;

	private final Map<String, Answer> answers = new HashMap<>();

	private final PriorityQueue<SelectionKey> paced = new PriorityQueue<>(
			(a, b) -> Long.compare(client(a).due, client(b).due));

	private final ByteBuffer scratch = ByteBuffer.allocateDirect(64 * 1024);

	private volatile boolean closed;

	/**
	 * Open a port on the loopback interface.
	 */
	public FakeProvider() {
		try {
			this.selector = Selector.open();
			this.server = ServerSocketChannel.open();
			this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8192);
			this.server.configureBlocking(false);
			this.server.register(this.selector, SelectionKey.OP_ACCEPT);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Serve until standard input ends.
	 * @param args none
	 * @throws IOException if standard input cannot be read
	 */
	public static void main(String[] args) throws IOException {
		FakeProvider provider = new FakeProvider();
		Thread thread = new Thread(provider::serve, "fake-provider");
		thread.setDaemon(true);
		thread.start();
		System.out.println("PORT " + provider.port());
		while (System.in.read() >= 0) {
			// Its end is the end of the run, however that came.
		}
	}

	/**
	 * The port.
	 * @return the port
	 */
	public int port() {
		return this.server.socket().getLocalPort();
	}

	/**
	 * Serve until closed.
	 */
	public void serve() {
		try {
			while (!this.closed) {
				waitForWork();
				this.selector.selectedKeys().forEach(this::handle);
				this.selector.selectedKeys().clear();
				writeWhatIsDue();
			}
			for (SelectionKey key : this.selector.keys()) {
				key.channel().close();
			}
			this.selector.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void waitForWork() throws IOException {
		SelectionKey next = this.paced.peek();
		if (next == null) {
			this.selector.select();
			return;
		}
		// The time in an event is taken when it is written: a millisecond late costs
		// nobody.
		long wait = client(next).due - System.nanoTime();
		this.selector.select(Math.max(TimeUnit.NANOSECONDS.toMillis(wait), 1));
	}

	private void writeWhatIsDue() {
		long now = System.nanoTime();
		SelectionKey key = this.paced.peek();
		while (key != null && client(key).due <= now) {
			this.paced.poll();
			try {
				if (key.isValid() && client(key).tick(key, this.scratch)) {
					this.paced.add(key);
				}
			}
			catch (IOException ex) {
				close(key);
			}
			key = this.paced.peek();
		}
	}

	private void handle(SelectionKey key) {
		try {
			if (key.isAcceptable()) {
				accept();
				return;
			}
			if (key.isWritable()) {
				client(key).writable(key);
			}
			if (key.isReadable()) {
				String path = client(key).read(this.scratch);
				if (path != null) {
					client(key).begin(key, answer(path), this.scratch, System.nanoTime());
					if (client(key).paced()) {
						this.paced.add(key);
					}
				}
			}
		}
		catch (IOException ex) {
			close(key);
		}
	}

	private void accept() throws IOException {
		for (SocketChannel channel = this.server.accept(); channel != null; channel = this.server.accept()) {
			channel.configureBlocking(false);
			channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			channel.register(this.selector, SelectionKey.OP_READ, new Client(channel));
		}
	}

	private Answer answer(String path) {
		String[] parts = path.split("/", 5);
		return this.answers.computeIfAbsent(parts[1] + "/" + parts[2] + "/" + parts[3],
				(ignored) -> Answer.of(Body.of(parts[1]), Integer.parseInt(parts[2]), Long.parseLong(parts[3])));
	}

	private static Client client(SelectionKey key) {
		return (Client) key.attachment();
	}

	private static void close(SelectionKey key) {
		key.cancel();
		try {
			key.channel().close();
		}
		catch (IOException ex) {
			// It is closed for us, whatever the other side thinks.
		}
	}

	@Override
	public void close() {
		this.closed = true;
		this.selector.wakeup();
	}

}
