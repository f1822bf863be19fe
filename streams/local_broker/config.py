"""The configuration of the local broker: Java's flags, Kafka's properties, and logging."""

JVM = (
    "-Xms128m",
    "-Xmx512m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",  # warms up quickly, which counts more here than peak speed
    "-XX:+ExitOnOutOfMemoryError",  # better ended than half alive
    "-Dlog4j2.configurationFile=log4j2.properties",
)
FORMAT = ("kafka.tools.StorageTool", "format", "--standalone", "--config=server.properties")
SERVE = ("kafka.Kafka", "server.properties")

# Paths are relative to the broker's directory, in which it runs: Java reads such files as Latin-1.
PROPERTIES = """\
# Written anew at each start. One node that is broker and controller both.
process.roles=broker,controller
node.id=1
log.dirs=data

# The controller takes whatever port is free: with a dynamic quorum the node writes its new
# address into the quorum when it starts, and nobody else asks for it.
listeners=PLAINTEXT://{host}:{port},CONTROLLER://{host}:0
controller.listener.names=CONTROLLER
controller.quorum.bootstrap.servers={host}:0

# A machine that is busy for longer than a session puts the broker out of service for a moment.
# After a kill -9 a restart waits until the session of the killed broker is over.
broker.session.timeout.ms=6000
broker.heartbeat.interval.ms=1000

# Topics are created on purpose, never by a misspelt name.
auto.create.topics.enable=false

# One node keeps one copy, and needs few partitions and threads for its own topics.
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=4
num.network.threads=2
num.io.threads=4

# The compaction buffer is taken from the heap at once; 16 MB holds 600,000 keys a pass.
log.cleaner.dedupe.buffer.size=16777216

# A first consumer does not wait for others to join its group.
group.initial.rebalance.delay.ms=0
"""

LOGGING = """\
appender.file.type = RollingFile
appender.file.name = file
appender.file.fileName = broker.log
appender.file.filePattern = broker.log.%i
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = %d %p %m (%c{1})%n
appender.file.policies.type = SizeBasedTriggeringPolicy
appender.file.policies.size = 10 MB
appender.file.strategy.type = DefaultRolloverStrategy
appender.file.strategy.max = 1

rootLogger.level = INFO
rootLogger.appenderRef.file.ref = file

# It writes out every setting several times, some 2,000 lines a start.
logger.settings.name = org.apache.kafka.common.config.AbstractConfig
logger.settings.level = WARN
"""
