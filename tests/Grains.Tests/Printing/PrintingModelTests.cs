using System.Text.Json;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Printing;

namespace Dwapi.Grains.Tests.Printing;

/// <summary>
/// The queue and its jobs without grains, against a printer that is told apart from them: commands, reports, crashes and a clock in random
/// order never leave the table and never start two prints on one bed.
/// </summary>
public sealed class PrintingModelTests
{
    private const int Steps = 10_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Model_RandomSteps_NeverLeaveTheTableNorStartTwoPrintsOnOneBed(int seed)
    {
        var world = new World(new Random(seed));
        for (var step = 0; step < Steps; step++)
        {
            world.Step();
            world.Check();
        }

        // A model that nothing happens in shows nothing.
        Assert.InRange(world.Prints, 50, Steps);
        Assert.InRange(world.Ended, 150, Steps);
        Assert.Equal(Enum.GetValues<PrintJobState>().Length, world.Seen.Count);
    }

    private sealed class World(Random random)
    {
        private static readonly PrintJobTrigger[] Triggers = [.. Enum.GetValues<PrintJobTrigger>().Where(trigger => trigger.IsOfEdge())];

        private static readonly Dictionary<PrintJobState, PrintJobTrigger[]> Possible = Enum.GetValues<PrintJobState>().ToDictionary(
            state => state,
            state => PrintJobTransitions.All.Where(row => row.From == state && row.Trigger.IsOfEdge() && row.Trigger != PrintJobTrigger.Progress)
                .Select(row => row.Trigger).ToArray());

        private readonly Dictionary<string, PrintJobData> _jobs = [];
        private readonly Dictionary<string, long> _numbers = [];
        private PrinterData _printer = new();
        private OperatingStatus _status = OperatingStatus.Idle;
        private string? _onBed;
        private bool _foreign;
        private long _now = 1_000;
        private int _next;

        public int Prints { get; private set; }

        public int Ended { get; private set; }

        public HashSet<PrintJobState> Seen { get; } = [];

        private PrinterQueue Queue => new(_printer);

        public void Step()
        {
            switch (random.Next(12))
            {
                case 0 when _jobs.Count < 12:
                    Order();
                    break;
                case 1 when Any() is { } job && random.Next(4) == 0:
                    if (Job(job).Cancel(_now))
                        MaybeTell(job);
                    break;
                case 1 when Any() is { } job && random.Next(8) == 0:
                    GiveUp(job);
                    break;
                case 2 when Any() is { } job:
                    _ = random.Next(3) switch
                    {
                        0 => Queue.Hold(job, random.Next(3) == 0),
                        1 => Queue.Move(job, random.Next(5)),
                        _ => Queue.Prioritize(job, random.Next(3)),
                    };
                    break;
                case 3 when Queue.Clear(_now, Status()):
                    // A person looks: nothing is confirmed while a part is being printed by somebody else.
                    if (!_foreign)
                        _onBed = null;
                    else
                        _printer.BedCleared = false;
                    break;
                case 4:
                    _now += random.Next(40_000);
                    break;
                case 5:
                    Crash();
                    break;
                case 7 when Any() is { } job && job != _printer.Turn && _printer.TurnNumber > 0:
                    // A reminder of an old turn that arrives late.
                    Assert.False(Job(job).TakeTurn(_jobs[job].TurnNumber));
                    break;
                case 6 when _printer.Turn.Length == 0 && _onBed is null && random.Next(8) == 0:
                    Foreign();
                    break;
                case 6:
                    EndForeign();
                    break;
                default:
                    Act();
                    break;
            }
        }

        public void Check()
        {
            var active = _jobs.Values.Count(job => job.State.HasTurn());
            Assert.True(active <= 1, $"{active} jobs have the turn");
            Assert.All(_jobs.Where(job => job.Value.State.HasTurn()), job => Assert.Equal(_printer.Turn, job.Key));
            Assert.Distinct(_printer.Jobs.Select(job => job.JobId));
            foreach (var job in _jobs.Values)
                Seen.Add(job.State);
        }

        private void Order()
        {
            var id = $"job{_next++}";
            _jobs[id] = new PrintJobData { Request = new PrintRequest("printer", "o", "https://models.example/" + id, "", "", "", "", default, Hold: false, 0) };

            Assert.True(Queue.Add(new QueuedPrint { JobId = id, Held = random.Next(10) == 0, Entry = Job(id).ToEntry(id) }));
            Assert.False(Queue.Add(new QueuedPrint { JobId = id }));
            if (random.Next(10) != 0)
                Assert.True(Job(id).Enqueue());
        }

        private void Act()
        {
            if (_printer.Turn.Length == 0)
            {
                Queue.Saw(Status(), _now);
                Queue.GiveTurn(_now, random.Next(10) == 0 ? null : Status());
                return;
            }

            var id = _printer.Turn;
            var job = Job(id);
            if (!_jobs[id].State.HasTurn())
            {
                // The nudge: the job begins, or says again that it is over.
                if (job.TakeTurn(_printer.TurnNumber))
                    Assert.True(_onBed is null && !_foreign, "A turn was given while a part lies on the bed.");
                Tell(id);
            }
            else if (job.State == PrintJobState.Authorizing && random.Next(4) != 0)
            {
                Assert.True(random.Next(8) == 0 ? job.Refuse(new PrintError(PrintErrorCode.TokenRejected, "no"), _now) : job.Authorize());
                MaybeTell(id);
            }
            else if (_jobs[id].Ordered)
            {
                Report(id);
            }
        }

        // Its edge does not answer: by an operator at once, or a while after the order to stop.
        private void GiveUp(string id)
        {
            var before = _jobs[id].State;
            var waited = _jobs[id].CancelledAt is { } since && _now - since >= 60_000;
            var expires = random.Next(2) == 0;
            var done = expires ? Job(id).Expire(_now, TimeSpan.FromMinutes(1)) : Job(id).Force(_now);
            if (expires)
                Assert.Equal(before == PrintJobState.Cancelling && waited, done);
            if (!done)
                return;
            if (before.HasTurn() && _jobs[id].Ordered)
                Assert.True(_jobs[id] is { State: PrintJobState.Failed, TouchedBed: true });
            if (before.HasTurn())
                _status = OperatingStatus.Finished;
            MaybeTell(id);
        }

        // An edge that follows the table from where it is; sometimes one that does not.
        private void Report(string id)
        {
            var before = _jobs[id].State;
            var trigger = Possible[before] is { Length: > 0 } possible && random.Next(8) != 0
                ? possible[random.Next(possible.Length)]
                : Triggers[random.Next(Triggers.Length)];
            var number = _numbers.GetValueOrDefault(id) + random.Next(20) switch { 0 => 0, 1 => 2, _ => 1 };
            var known = number <= _jobs[id].Reported;
            var fate = Job(id).Report(new PrintJobReport { JobId = id, Number = number, Trigger = trigger, At = _now });
            var allowed = PrintJobTransitions.TryNext(before, trigger, out var next);
            Assert.Equal(known ? ReportFate.Known : allowed && number == _numbers.GetValueOrDefault(id) + 1 ? ReportFate.Applied : ReportFate.Refused, fate);
            if (fate != ReportFate.Applied)
            {
                Assert.Equal(before, _jobs[id].State);
                return;
            }

            Assert.Equal(next, _jobs[id].State);
            _numbers[id] = number;
            Print(id, trigger, before);
            MaybeTell(id);
        }

        private void Print(string id, PrintJobTrigger trigger, PrintJobState before)
        {
            if (trigger is PrintJobTrigger.Uploaded or PrintJobTrigger.Delegated)
            {
                Assert.True(_onBed is null || _onBed == id, $"{id} starts on the part of {_onBed}");
                if (_onBed is null)
                    Prints++;
                _onBed = id;
                _status = OperatingStatus.Printing;
            }

            if (trigger == PrintJobTrigger.Started)
                Assert.True(before == PrintJobState.Cancelling || _onBed == id);
            if (_jobs[id].State.HasEnded() || _jobs[id].State == PrintJobState.Queued)
                _status = OperatingStatus.Finished;
        }

        private void Foreign()
        {
            // Somebody starts at the printer; we see it before we give a turn, or the edge would refuse the order.
            (_foreign, _onBed, _status) = (true, "foreign", OperatingStatus.Printing);
            Queue.Saw(Status(), _now);
        }

        private void EndForeign()
        {
            if (_foreign && random.Next(3) == 0)
                (_foreign, _status) = (false, OperatingStatus.Idle);
        }

        // Told or not: the queue asks again as long as the job has the turn.
        private void MaybeTell(string id)
        {
            if (random.Next(4) != 0)
                Tell(id);
        }

        private void Tell(string id)
        {
            var entry = Job(id).ToEntry(id);
            Queue.Changed(entry, _jobs[id].TouchedBed, _jobs[id].TurnNumber, _now);
            if (!entry.State!.Value.HasEnded() || Queue.Find(id) is not null)
                return;
            Ended++;
            _jobs.Remove(id);
        }

        private void Crash()
        {
            _printer = Again(_printer);
            foreach (var id in _jobs.Keys.ToArray())
                _jobs[id] = Again(_jobs[id]);
        }

        private PrintJob Job(string id) => new(_jobs[id]);

        private string? Any() => _jobs.Count == 0 ? null : _jobs.Keys.ElementAt(random.Next(_jobs.Count));

        private PrinterStatus Status() => new() { OperatingStatus = _status, TimeStamp = _now, TimeStampString = "" };

        private static T Again<T>(T state) => JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(state))!;
    }
}
