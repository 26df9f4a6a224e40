using System.CommandLine;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Requests;
using Retrodict.Comparison;

namespace Retrodict.Cli.Options;

/// <summary>The options of <c>fit</c>.</summary>
internal sealed class FitOptions
{
    private readonly Option<string> _model = ValueOption.Of(
        "--model", "EXPR", "The formula of columns and parameters, or 'log(y) = EXPR' to fit a transformed column.", ValueParsers.Text);

    private readonly Option<IReadOnlyList<(string, double)>> _start = ValueOption.Of(
        "--start", "b1=1,b2=0.5", "Where parameters start; every name in the model that is no column is one.", Assignments.Numbers);

    private readonly Option<IReadOnlyList<(string, double, double)>> _bounds = ValueOption.Of(
        "--bounds", "b1=0:10,b2=0:", "Bounds on parameters, LOWER:UPPER (default: none).", Assignments.Ranges);

    private readonly Option<IReadOnlyList<(string, double)>> _fix = ValueOption.Of(
        "--fix", "b3=1", "Parameters that are not fitted, with their values.", Assignments.Numbers);
    private readonly Option<string> _response = ValueOption.Of(
        "--response", "NAME", "The column that is fitted (default: the first).", ColumnNames.One);

    private readonly Option<string> _sigma = ValueOption.Of(
        "--sigma",
        "NAME",
        "The column with the standard deviation of each row's noise (default: the same for all rows, estimated from the " +
            "residuals); a row where it is "
        + "infinite is left out.",
        ColumnNames.One);

    private readonly Option<string> _predict = ValueOption.Of(
        "--predict", "FILE.csv", "Evaluates the fitted model on the rows of another file.", ValueParsers.Text);
    private readonly Option<string> _out = ValueOption.Of("--out", "FILE.csv", "Writes those predictions.", ValueParsers.OutputCsvFile);

    private readonly Option<bool> _residuals = new("--residuals")
    {
        Description = "Shows what is fitted, the fitted values and the residuals, row by row.",
    };

    private readonly TableOptions _table = new();

    private readonly SolverOptions _solver = new(SolverNames.Classical, several: false, SolverNames.LevenbergMarquardt, "the method's");

    public FitOptions() => _model.Required = true;

    public Argument<string> File { get; } = new("FILE.csv")
    {
        Description = "The data: a header that names the columns, then a row a line; - is standard input.",
        Arity = ArgumentArity.ExactlyOne,
    };

    public IEnumerable<Option> All =>
        [_model, _start, _bounds, _fix, _response, _sigma, _residuals, _predict, _out, .. _table.All, .. _solver.All];

    public FitRequest Read(ParseResult parsed, Settings settings)
    {
        IReadOnlyList<MethodRequest> methods = _solver.Methods(parsed, SolverNames.LevenbergMarquardt, settings.Precision);
        Solver solver = _solver.Budget(parsed).Limit(methods[0].Classical!);
        var request = new FitRequest
        {
            File = parsed.GetRequiredValue(File),
            Reading = _table.Read(parsed),
            Columns = _table.Columns(parsed),
            Missing = _table.Missing(parsed),
            Model = parsed.GetRequiredValue(_model),
            Settings = settings,
            Start = parsed.GetValue(_start) ?? [],
            Bounds = parsed.GetValue(_bounds) ?? [],
            Fixed = parsed.GetValue(_fix) ?? [],
            Response = parsed.GetValue(_response),
            Sigma = parsed.GetValue(_sigma),
            Residuals = parsed.GetValue(_residuals),
            Predict = parsed.GetValue(_predict),
            Out = parsed.GetValue(_out),
            Loss = _solver.Loss(parsed, methods),
            Solver = _solver.MaxIterations(parsed) is { } most
                ? solver with { Stopping = solver.Stopping with { MaxIterations = most } }
                : solver,
        };
        if (request is { File: FitRequest.StandardInput, Predict: FitRequest.StandardInput })
        {
            throw new UsageException("FILE.csv and --predict are both '-'; standard input can be one of them");
        }

        return request is { Out: not null, Predict: null }
            ? throw new UsageException("--out goes with --predict, whose results it holds")
            : request;
    }
}
